"""What things are called in RDF: ids, terms and codes as IRIs under one base."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kg import domain
from kg.errors import InputError
from kg.rdf.lines import is_iri
from kg.terms import Model

_ID = re.compile(r"[a-z]+:[A-Za-z0-9_-]+")
_CODE = re.compile(r"[A-Za-z0-9_-]+")
_NO_ENTITIES = ("graph", "code", "statement", "load")
"""What stands under the base and is no thing: data sets, codes, statements and their loads."""
_OF_RDF: Mapping[str, str] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "oa": "http://www.w3.org/ns/oa#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "void": "http://rdfs.org/ns/void#",
}


@dataclass(frozen=True)
class Names:
    """IRIs in their angle brackets, ready to be written.

    >>> Names("https://example.org/", {}).entity("policy:p20")
    '<https://example.org/policy/p20>'
    """

    base: str
    vocabularies: Mapping[str, str]
    same: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Codes, by list and code, that are something of a vocabulary."""

    def __post_init__(self) -> None:
        if not is_iri(self.base) or self.base[-1] != "/" or "#" in self.base:  # terms have one #
            raise InputError(f"KG_BASE: {self.base!r} is no base (want https://example.org/kg/)")

    @classmethod
    def of_domain(cls) -> "Names":
        """Under the base and with the vocabularies of the ontology."""
        base = domain.base()
        same = {
            (name, code): one.same
            for name, listed in domain.codes().items()
            for code, one in listed.codes.items()
            if one.same
        }
        return cls(base, {**_OF_RDF, **domain.namespaces(), "kg": f"{base}ns#"}, same)

    def term(self, curie: str) -> str:
        """A class, property or datatype, from its short form such as `skos:prefLabel`."""
        prefix, _, name = curie.partition(":")
        return f"<{self.vocabularies[prefix]}{name}>"

    def entity(self, key: str) -> str:
        """A thing, source or document, from its id; ValueError where the id is malformed."""
        if _ID.fullmatch(key) is None:
            raise ValueError(f"not an id: {key!r} (want a prefix and a key, as policy:p20)")
        return f"<{self.base}{key.replace(':', '/')}>"

    def graph(self, name: str) -> str:
        """A graph or dataset that is not a source."""
        return f"<{self.base}graph/{name}>"

    def code(self, name: str, code: str = "") -> str:
        """A code list, or one of its codes."""
        if code and not _CODE.fullmatch(code):
            raise ValueError(f"not a code of {name}: {code!r}")
        if curie := self.same.get((name, code)):
            return self.term(curie)
        return f"<{self.base}code/{name}{'/' if code else ''}{code}>"

    def key(self, iri: str) -> str:
        """The id that an IRI stands for, as `entity` writes it; empty where it stands for none.

        >>> Names("https://example.org/", {}).key("https://example.org/policy/p20")
        'policy:p20'
        """
        prefix, _, key = iri[len(self.base) :].partition("/")
        found = f"{prefix}:{key}" if iri.startswith(self.base) else ""
        return found if _ID.fullmatch(found) and prefix not in _NO_ENTITIES else ""

    def coded(self, iri: str) -> tuple[str, str]:
        """The code list and the code that an IRI stands for, as `code` writes them; else empty.

        >>> Names("https://example.org/", {}).coded("https://example.org/code/line/dr")
        ('line', 'dr')
        """
        if known := self._codes.get(iri):
            return known
        start = f"{self.base}code/"
        name, _, code = iri[len(start) :].partition("/") if iri.startswith(start) else ("", "", "")
        return (name, code) if _CODE.fullmatch(name) and _CODE.fullmatch(code) else ("", "")

    def describes(self, iri: str) -> bool:
        """Whether an IRI is of what an export says of itself: its graphs, its lists of codes."""
        return iri.startswith(self._no_entities) or iri in self._codes

    @cached_property
    def _codes(self) -> Mapping[str, tuple[str, str]]:
        return {self.term(curie)[1:-1]: code for code, curie in self.same.items()}

    @cached_property
    def _no_entities(self) -> tuple[str, ...]:
        return tuple(f"{self.base}{one}/" for one in _NO_ENTITIES)

    def short(self, iri: str) -> str:
        """The short form of a term such as `skos:prefLabel`; the IRI where there is none.

        >>> Names("https://example.org/", {"ex": "urn:x:"}).short("urn:x:a")
        'ex:a'
        """
        fitting = (
            (space, one) for one, space in self.vocabularies.items() if iri.startswith(space)
        )
        space, prefix = max(fitting, key=lambda pair: len(pair[0]), default=("", ""))
        return f"{prefix}:{iri[len(space) :]}" if prefix else iri

    @cached_property
    def own_base(self) -> bool:
        """Whether the base is another than the ontology's."""
        return domain.namespaces()["kg"] != f"{self.base}ns#"

    def prefixes(self, model: Model) -> dict[str, str]:
        """The prefixes of a file for people: the vocabularies, and one for the things of a class.

        Where a vocabulary has the prefix of a class (`org`), its things go by the class's name.
        """
        found = dict(self.vocabularies)
        for prefix, name in sorted(model.prefixes.items()):
            free = name.lower() if prefix in found else prefix
            found[free] = f"{self.base}{prefix}/"
        return found
