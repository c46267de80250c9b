"""The messy tables of sources/tables, loaded alone: do they give the entities of sources/facts?

Whom a name means is found without the rules under test: by the letter (it is exactly one name of
one thing in the facts tables), and for the others by `shipped_truth.csv`, made by reading. Where a
row has a 文号, a code or a site, whose owner the facts tables name, it must agree; where it does
not, the report says so. A goal is that of the facts tables with its policy, metric and year; where
the row gives no year, the policy's only goal of that metric.

One name in one row is one mention; what one source says twice in one document counts once.
"""

import csv
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from bench import agreement
from bench.found import Statement, anchors, statements
from bench.mess import known
from bench.outcomes import Outcomes
from bench.pairs import Mention, score

SOURCES = Path(__file__).parent.parent / "sources"
_SIGNS = ("number", "code", "website")


def report() -> Iterator[str]:
    """The report."""
    with tempfile.TemporaryDirectory() as name:
        said = _about_things(statements(Path(name) / "messy", SOURCES / "tables"))
        tables = sorted((SOURCES / "facts").glob("*.csv"))
        stated = [one for one in tables if one.stem != "conflicts"]
        facts = _about_things(statements(Path(name) / "facts", *stated))
    truth = Truth(said)
    mentions = list(dict.fromkeys(_mentions(said, truth)))
    outcomes = Outcomes([*mentions, *anchors(0)], frozenset(known.things()) | truth.goals())
    yield f"{len(mentions)} names in {len({one['document'] for one in said})} tables."
    yield from _figures(outcomes)
    yield f"\nNames without a truth: {sorted(truth.missing)}"
    yield f"Rows whose 文号, code or site says another thing: {sorted(truth.contradicted)}"
    yield from agreement.report(said, facts, truth.of)


class Truth:
    """Whom each name of some statements means."""

    def __init__(self, said: list[Statement]) -> None:
        self.missing: set[str] = set()
        self.contradicted: set[str] = set()
        self._read = {(row["text"], row["heading"]): row["truth"] for row in _read()}
        self._goals = _goals()
        self._policy = {
            one["subject_key"]: self.named(one["original"], "")
            for one in said
            if one["property"] == "set_by"
        }
        self._signs = _signs(said)

    def goals(self) -> frozenset[str]:
        """The ids of the goals of the facts tables."""
        return frozenset(self._goals.values())

    def of(self, one: Statement) -> str:
        """Whom the subject of a statement is; empty where that is not known."""
        if one["class"] == "Target":
            metric, _, year = _split_goal(one["subject_name"])
            policy = self._policy.get(one["subject_key"], "")
            fitting = {
                key
                for (setter, what, due), key in self._goals.items()
                if (setter, what) == (policy, metric) and year in ("", due)
            }
            return fitting.pop() if len(fitting) == 1 else ""
        found = self.named(one["subject_name"], "")
        for sign in self._signs[_row(one), one["subject_key"]]:
            if sign != found:
                self.contradicted.add(f"{_row(one)}: {one['subject_name']} is {found}, not {sign}")
        return found

    def named(self, text: str, heading: str) -> str:
        """Whom a name means."""
        found = self._read.get((text, heading)) or self._read.get((text, ""))
        owners = known.owners().get(text, frozenset())
        found = found or (next(iter(owners)) if len(owners) == 1 else "")
        if not found and heading in _NEW:
            return f"new:{text}"
        if not found:
            self.missing.add(text)
        return found


_NEW = ("主管/上级单位",)
"""Columns whose names may be missing in the facts tables: these give them as text."""


def _mentions(said: list[Statement], truth: Truth) -> Iterator[Mention]:
    linked = {
        (one["document"], one["place"], one["value_key"]) for one in said if one["kind"] == "link"
    }
    for one in said:
        if (one["document"], one["place"], one["subject_key"]) not in linked:
            yield _mention(one, truth.of(one), one["subject_key"], one["subject_name"], _row(one))
        if one["kind"] == "link" and one["property"] != "set_by":
            heading = one["place"].rpartition(", ")[2]
            means = truth.named(one["original"], heading)
            yield _mention(one, means, one["value_key"], one["original"], one["place"])


def _mention(one: Statement, truth: str, key: str, text: str, place: str) -> Mention:
    kind = one["class"] if key == one["subject_key"] else key.partition(":")[0]
    return Mention(truth or f"unknown:{text}", key, kind, text, (one["document"], place), 0)


def _figures(outcomes: Outcomes) -> Iterator[str]:
    names = [one for one in outcomes.mentions if not one.truth.startswith("province:")]
    for title, some in (("all but places", names), ("all", outcomes.mentions)):
        pairs = score(some)
        yield (
            f"- {title}: pairwise precision {pairs.precision:.4f}, recall {pairs.recall:.4f} "
            f"({pairs.right} right of {pairs.merged} merged and {pairs.true} true pairs)"
        )
    yield f"- outcomes: {dict(Counter(outcomes.all))}"
    for one, outcome in zip(outcomes.mentions, outcomes.all, strict=True):
        if outcome != "right":
            yield f"- {outcome}: {one.text!r} of {one.truth}, now {one.key} ({one.forms[1]})"


def _about_things(said: list[Statement]) -> list[Statement]:
    return [one for one in said if one["class"] != "Source"]


def _row(one: Statement) -> str:
    """Document and row, without the column."""
    return f"{Path(one['document']).name}, {re.sub(', [^,]*$', '', one['place'])}"


def _signs(said: list[Statement]) -> dict[tuple[str, str], set[str]]:
    """Whose the 文号, code or site of a row is, where the facts tables know one owner."""
    owners: dict[str, set[str]] = defaultdict(set)
    for thing in known.things().values():
        for sign in (_sign(thing.number), thing.code, _site(thing.id)):
            if sign:
                owners[sign].add(thing.id)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in said:
        if one["property"] in _SIGNS:
            mine = owners.get(_sign(one["original"]), set())
            found[_row(one), one["subject_key"]] |= mine if len(mine) == 1 else set()
    return found


def _sign(text: str) -> str:
    """A 文号 whatever its brackets; a site or a code as it is."""
    return re.sub(r"[〔〕【】\[\]()（）]", "|", text).rstrip("/")


def _site(key: str) -> str:
    return _sites().get(key, "").rstrip("/")


def _sites() -> dict[str, str]:
    with (SOURCES / "facts" / "exchanges.csv").open(encoding="utf-8", newline="") as file:
        return {row["exchange_id"]: row["website"] for row in csv.DictReader(file)}


def _goals() -> dict[tuple[str, str, str], str]:
    with (SOURCES / "facts" / "targets.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["policy_id"], row["metric"], row["year"]): row["target_id"]
            for row in csv.DictReader(file)
        }


def _split_goal(name: str) -> tuple[str, str, str]:
    """A goal's metric and year.

    >>> _split_goal("数据产业规模 2025")
    ('数据产业规模', ' ', '2025')
    """
    if re.search(r" \d{4}$", name):
        return name.rpartition(" ")
    return name, "", ""


def _read() -> Iterator[dict[str, str]]:
    with Path(__file__).with_name("shipped_truth.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
