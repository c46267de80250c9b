"""morph-kgc with a mapping in RML, by its command line: N-Triples, one process.

Usage: python -m bench.peers.morph FOLDER FILE     in an environment of its own
"""

import runpy
import sys
from pathlib import Path

import morph_kgc  # noqa: F401 imported before the memory is taken

from bench.peers import tables, took

_CONFIG = """[CONFIGURATION]
output_file: {out}
output_format: N-TRIPLES
number_of_processes: 1
logging_level: WARNING

[records]
mappings: {mapping}
"""
_HEAD = """@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
"""


def main(folder: Path, out: Path) -> None:
    """Write the tables of a folder as N-Triples."""
    imported = took.memory()
    mapping = folder / "mapping.ttl"
    mapping.write_text(_HEAD + "".join(_map(folder, one) for one in tables.TABLES))
    config = folder / "config.ini"
    config.write_text(_CONFIG.format(out=out, mapping=mapping))
    sys.argv = ["morph_kgc", str(config)]
    runpy.run_module("morph_kgc", run_name="__main__")
    took.report(imported)


def _map(folder: Path, table: tables.Table) -> str:
    source = f'rml:source "{folder / table.prefix}.csv"; rml:referenceFormulation ql:CSV'
    kind = tables.iri(f"kg:{table.class_name}")
    subject = f'rr:template "{tables.BASE}{table.prefix}/{{id}}"; rr:class <{kind}>'
    pairs = "".join(
        f";\n  rr:predicateObjectMap [ rr:predicate <{tables.iri(one.term)}>; "
        f"rr:objectMap [ {_object(one)} ] ]"
        for one in table.columns
    )
    return (
        f"<#{table.prefix}> a rr:TriplesMap;\n  rml:logicalSource [ {source} ];\n"
        f"  rr:subjectMap [ {subject} ]{pairs} .\n"
    )


def _object(column: tables.Column) -> str:
    if column.kind in ("link", "code"):
        return f'rr:template "{column.target}{{{column.heading}}}"'
    said = f'rml:reference "{column.heading}"'
    if column.kind == "iri":
        return f"{said}; rr:termType rr:IRI"
    if column.kind == "text":
        return f'{said}; rr:language "{column.detail}"' if column.detail else said
    return f"{said}; rr:datatype <{tables.iri(column.detail)}>"


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
