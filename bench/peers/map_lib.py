"""maplib with a template in OTTR for each table: N-Triples.

Usage: python -m bench.peers.map_lib FOLDER FILE     in an environment of its own

It has no named graphs in what it writes, and takes texts with a language as a structure with the
two fields below, which its documentation does not name.
"""

import sys
from pathlib import Path

import polars as pl
from maplib import Model

from bench.peers import tables, took

_TEXT, _LANG = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>", "l"
_HEAD = """@prefix ottr: <http://ns.ottr.xyz/0.4/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_TYPES = {"xsd:integer": pl.Int64, "xsd:decimal": pl.Decimal(38, 12)}


def main(folder: Path, out: Path) -> None:
    """Write the tables of a folder as N-Triples."""
    imported = took.memory()
    model = Model()
    for table in tables.TABLES:
        model.add_template(_HEAD + _template(table))
        cells = pl.read_csv(folder / f"{table.prefix}.csv", infer_schema=False)
        subject = (pl.lit(f"{tables.BASE}{table.prefix}/") + pl.col("id")).alias("id")
        read = cells.select(subject, *(_column(one) for one in table.columns))
        model.map(_name(table), read)
    model.write(str(out), format="ntriples")
    took.report(imported)


def _name(table: tables.Table) -> str:
    return f"{tables.BASE}template/{table.prefix}"


def _template(table: tables.Table) -> str:
    given = ", ".join(f"? {_type(one)} ?{one.heading}" for one in table.columns)
    kind = f"ottr:Triple(?id, rdf:type, <{tables.iri(f'kg:{table.class_name}')}>)"
    rest = "".join(
        f",\n  ottr:Triple(?id, <{tables.iri(one.term)}>, ?{one.heading})" for one in table.columns
    )
    return f"<{_name(table)}> [ottr:IRI ?id, {given}] :: {{ {kind}{rest} }} .\n"


def _type(column: tables.Column) -> str:
    if column.kind == "text":
        return "rdf:langString" if column.detail else "xsd:string"
    return "ottr:IRI" if column.kind in ("link", "code", "iri") else column.detail


def _column(column: tables.Column) -> pl.Expr:
    cell = pl.col(column.heading)
    if column.kind in ("link", "code"):
        return (pl.lit(column.target) + cell).alias(column.heading)
    if column.kind == "text" and column.detail:
        made = pl.struct(cell.alias(_TEXT), pl.lit(column.detail).alias(_LANG))
        return pl.when(cell.is_not_null()).then(made).alias(column.heading)
    if column.kind == "date":
        return cell.str.to_date("%Y-%m-%d")
    return cell.cast(_TYPES[column.detail]) if column.detail else cell


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
