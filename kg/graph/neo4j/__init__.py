"""The graph on a server that speaks Bolt: Neo4j, or one that is compatible with it."""
