"""An ArcadeDB server in a process of its own: `python -m tests.graph.arcade DIR PORT`.

It says `ready` when Bolt answers, and ends when its standard input is closed.
"""

import sys
from pathlib import Path

DATABASE, USER, PASSWORD = "graph", "root", "only-for-tests"


def main(folder: str, port: int, web: int) -> None:
    from arcadedb_embedded.server import ArcadeDBServer  # type: ignore[import-untyped]

    server = ArcadeDBServer(
        root_path=folder,
        root_password=PASSWORD,
        config={
            "host": "127.0.0.1",
            "http_port": web,
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "bolt_port": port,
        },
        jvm_kwargs={"heap_size": "1g"},
    )
    server.start()
    try:
        server.create_database(DATABASE)
        print("ready", flush=True)
        sys.stdin.read()
    finally:
        server.stop()


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
