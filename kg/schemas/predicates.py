"""The properties of RDF that fields stand for, gathered over all classes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.terms import Class, Entity, Model, Property, Text, read_model


def all_classes(model: Model) -> Mapping[str, Class]:
    """The classes of a model by name, and before them the one that all lie under."""
    return {**read_model((Entity,)).classes, **model.classes}


@dataclass(frozen=True)
class Predicate:
    """A property of RDF: the classes that have it first, and the fields that word it.

    A class that takes a field over from its parent unchanged adds nothing.
    """

    iri: str
    owners: tuple[Class, ...]
    fields: tuple[Property, ...]

    @property
    def field(self) -> Property:
        """The field that names it best: worded so by most classes, else shortest, else first."""
        labels = [each.term.zh for each in self.fields]
        return min(self.fields, key=lambda one: (-labels.count(one.term.zh), len(one.term.zh)))

    @property
    def other_labels(self) -> Iterator[Text]:
        """How other classes word it."""
        best = self.field.term
        for each in self.fields:
            zh = each.term.zh if each.term.zh != best.zh else ""
            en = each.term.en if each.term.en != best.en else ""
            if zh or en:
                yield Text(zh, en)

    @property
    def ranges(self) -> tuple[str, ...]:
        """The classes that it links to."""
        return tuple(sorted({name for each in self.fields for name in each.ranges}))

    @property
    def codes(self) -> tuple[str, ...]:
        """The lists that its codes are from."""
        return tuple(sorted({each.codes for each in self.fields if each.codes}))

    @property
    def under(self) -> tuple[str, ...]:
        """The properties that it lies under."""
        return tuple(sorted({iri for each in self.fields for iri in each.term.under}))

    @property
    def near(self) -> tuple[str, ...]:
        """The properties that are close to it."""
        return tuple(sorted({iri for each in self.fields for iri in each.term.near}))


def predicates(model: Model) -> tuple[Predicate, ...]:
    """The properties that the fields of a model stand for, sorted by IRI."""
    classes = all_classes(model)
    owners: dict[str, list[Class]] = {}
    fields: dict[str, list[Property]] = {}
    for cls in classes.values():
        inherited = classes[cls.parents[0]].properties if cls.parents else {}
        for name, prop in cls.properties.items():
            if name not in inherited:
                owners.setdefault(prop.term.iri, []).append(cls)
            if inherited.get(name) != prop:
                fields.setdefault(prop.term.iri, []).append(prop)
    return tuple(Predicate(iri, tuple(owners[iri]), tuple(fields[iri])) for iri in sorted(fields))


def one_at_most(prop: Property) -> bool:
    """Whether a thing has one value at most at all times; a state may have others one by one."""
    return not (prop.many or prop.term.languages or prop.term.holds == "state")
