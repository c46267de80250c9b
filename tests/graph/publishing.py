"""Publishing in tests: a small store, what the server then has, what the store says it should."""

from pathlib import Path
from typing import Any

import kg
from kg.graph import opening
from kg.graph.neo4j.server import Server
from tests.graph.servers import PASSWORD, URI, USER
from tests.stores import put, write

HEAD = "agency_id,name_zh,province_id,established_on,predecessor_id"


# Small batches, with time between them in which to be killed.
SLOWLY = """
import time
from kg.cli import main
from kg.graph.neo4j import publish
publish.BATCH = 50
write = publish._Publication._write
publish._Publication._write = lambda self, *said: (write(self, *said), time.sleep(0.05))[0]
main()
"""


def agencies(folder: Path, *rows: str) -> Path:
    put(folder, write(folder / "agencies.csv", "\n".join((HEAD, *rows))))
    return folder


def publish(folder: Path, **options: Any) -> tuple[int, int, int, int, int]:
    with kg.open(folder / ".kg") as store:
        sent = store.publish(URI, user=USER, password=PASSWORD, **options)
    return (
        sent.nodes,
        sent.relationships,
        sent.nodes_removed,
        sent.relationships_removed,
        sent.unchanged,
    )


def there(server: Server) -> tuple[dict[str, Any], dict[str, Any]]:
    """All nodes and relationships but for evidence, and for what marks them as ours."""
    with server.session() as session:
        nodes = {
            row["n"]["id"]: (sorted(row["n"].labels), _plain(dict(row["n"])))
            for row in session.run("MATCH (n:Entity) RETURN n")
        }
        links = {
            row["r"]["fact"]: (row["r"].type, row["a"], row["b"], _plain(dict(row["r"])))
            for row in session.run("MATCH (a:!Evidence)-[r]->(b) RETURN r, a.id AS a, b.id AS b")
        }
    return nodes, links


def _plain(properties: dict[str, Any]) -> dict[str, Any]:
    properties.pop("kg", None)
    return {key: str(value) if "_" in key else value for key, value in properties.items()}


def wanted(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the store says should be there."""
    with kg.open(folder / ".kg") as store:
        view = opening.view(store)
        above = view.schema.labels
        nodes = {}
        for node in view.nodes:
            labels, label = ["Entity"], node.label
            while label != "Entity":
                labels.append(label)
                label = above[label] or "Entity"
            nodes[str(node.properties["id"])] = (sorted(labels), _plain(dict(node.properties)))
        links = {
            str(one.properties["fact"]): (
                one.type,
                one.start,
                one.end,
                _plain(dict(one.properties)),
            )
            for one in view.relationships
        }
    return nodes, links
