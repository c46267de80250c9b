"""Records to an RDF file, by kg and by others: `python -m bench.peers`."""
