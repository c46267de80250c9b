"""What became of each name, and which kinds of miss cost how many pairs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bench.pairs import Mention

KNOWN = ("province:", "agency:", "org:", "policy:", "exchange:", "project:", "zone:")


class Miss(NamedTuple):
    """A kind of miss: what happened to names of a class, by the form that is likely to blame."""

    class_name: str
    form: str
    outcome: str
    names: int
    pairs: float
    examples: tuple[str, ...]


class Outcomes:
    """What became of some names.

    `right`: with its own; `waits`: undecided; `lost`: no statement; `split`: became another thing
    than its like, and a new one; `wrong`: became one that it does not mean. A name that nobody
    could decide is right where it waits.
    """

    def __init__(self, mentions: Sequence[Mention], known: frozenset[str]) -> None:
        self.mentions = mentions
        self._known = known
        self._homes = _homes(mentions, known)
        self._owners = {(group, key): truth for (group, truth), key in self._homes.items()}
        self.all = [self.of(one) for one in mentions]

    def of(self, one: Mention) -> str:
        """What became of one name."""
        if one.truth.startswith("ambiguous:"):
            return self._undecidable(one)
        if not one.key:
            return "lost"
        if not one.decided:
            return "waits"
        if self._homes.get((one.group, one.truth)) == one.key:
            return "right"
        strange = self._owners.get((one.group, one.key), one.truth) != one.truth
        return "wrong" if strange or one.key in self._known else "split"

    def alone(self, known: bool = True) -> dict[tuple[str, str], Counter[str]]:
        """Outcomes of names in no form (empty) or in just one, by class and form.

        With `known`, of things that the register knows: another's only name can hardly be wrong.
        """
        found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for one, outcome in zip(self.mentions, self.all, strict=True):
            if len(one.forms) < 2 and (one.truth in self._known) == known:
                found[one.class_name, "".join(one.forms)][outcome] += 1
        return found

    def misses(self) -> list[Miss]:
        """Kinds of miss, the most expensive first.

        A missed pair is put down to the name that is not with its like; to both by half, where
        neither is. Of several forms that one is blamed which fails most often when alone.
        """
        alone = self.alone(known=False) | self.alone()
        blame = {at: 1 - found["right"] / found.total() for at, found in alone.items()}
        cost: dict[tuple[str, str, str], float] = defaultdict(float)
        texts: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for one, outcome, pairs in zip(self.mentions, self.all, self._costs(), strict=True):
            if outcome != "right":
                form = max(one.forms, key=lambda x: blame.get((one.class_name, x), 0.0), default="")
                cost[one.class_name, form, outcome] += pairs
                texts[one.class_name, form, outcome].append(one.text)
        made = (Miss(*at, len(texts[at]), cost[at], tuple(texts[at][:4])) for at in texts)
        return sorted(made, key=lambda one: (-one.pairs, -one.names, one[:3]))

    def _costs(self) -> Iterable[float]:
        right: Counter[object] = Counter()
        off: Counter[object] = Counter()
        together: Counter[object] = Counter()
        for one, outcome in zip(self.mentions, self.all, strict=True):
            at = one.group, one.truth
            (right if outcome == "right" else off)[at] += 1
            together[at, one.key] += one.decided
        for one in self.mentions:
            at = one.group, one.truth
            same = together[at, one.key] if one.decided else 1
            yield right[at] + (off[at] - same) / 2

    def _undecidable(self, one: Mention) -> str:
        if not one.decided:
            return "right"
        strange = (one.group, one.key) in self._owners or one.key in self._known
        return "wrong" if strange else "split"


def _homes(mentions: Sequence[Mention], known: frozenset[str]) -> dict[tuple[object, str], str]:
    """The key where the names of a thing belong: its id, else the commonest of its plainest."""
    seen: dict[tuple[object, str], Counter[tuple[int, str]]] = defaultdict(Counter)
    homes: dict[tuple[object, str], str] = {}
    for one in mentions:
        if one.truth in known:
            homes[one.group, one.truth] = one.truth
        elif one.decided and one.key not in known and not one.truth.startswith("ambiguous:"):
            seen[one.group, one.truth][bool(one.forms), one.key] += 1
    for at, counts in seen.items():
        (_, key), _ = min(counts.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))
        homes[at] = key
    return homes


def false_merges(mentions: Iterable[Mention]) -> list[tuple[str, dict[str, list[str]]]]:
    """Keys under which more than one thing came together, with what was written of each."""
    found: dict[tuple[object, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in mentions:
        if one.decided:
            found[one.group, one.key][one.truth].append(one.text)
    return [(key, dict(by)) for (_, key), by in sorted(found.items(), key=str) if len(by) > 1]
