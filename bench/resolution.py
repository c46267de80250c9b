"""How well names become things: pairwise precision and recall, on new mess and on shipped tables.

    python -m bench.resolution --seeds 1-5 --rows 1000     new mess (`bench.mess`)
    python -m bench.resolution --seeds 101-120             the published figure: no row is shown
    python -m bench.resolution --unforeseen                names by hand, in forms of their own
    python -m bench.resolution --tables                    the messy tables of sources/tables
    python -m bench.resolution --names 100000              CPU seconds and MB of many names

Seeds: rules may be tuned by looking at 1 to 20. Nobody looks at the rows of 101 to 120, and their
report names none, unless `--show`; who uses it spends them, and chooses others to publish.

Rows are loaded as anybody loads them, with the shipped register and without the facts tables.
Every thing of the facts tables takes part as one name more, its id, so that a name that went to
the wrong thing costs precision even where it is the only one.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from bench.found import Read, read, read_rows
from bench.mess.known import things
from bench.outcomes import Miss, Outcomes, false_merges
from bench.pairs import Mention, Score, bearing, score

RESERVED = range(101, 121)
_COLUMNS = ("right", "waits", "split", "lost", "wrong")


def main() -> None:
    """Measure what was asked for and print it as Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.resolution")
    parser.add_argument("--seeds", default="1-5", help="one, or first-last")
    parser.add_argument("--rows", type=int, default=1000, help="rows of each seed")
    parser.add_argument("--top", type=int, default=40, help="how many kinds of miss to list")
    parser.add_argument("--show", action="store_true", help="show rows of reserved seeds as well")
    parser.add_argument("--tables", action="store_true", help="the shipped messy tables")
    parser.add_argument("--unforeseen", action="store_true", help="a set of hard names, by hand")
    parser.add_argument("--names", type=int, help="how long so many distinct names take")
    given = parser.parse_args()
    if given.names:
        from bench.many import report as many

        lines = many(given.names)
    elif given.unforeseen:
        from bench.unforeseen import unforeseen

        lines = named([read_rows(unforeseen(), 0)], given.top, "The set of unforeseen names.")
    elif given.tables:
        from bench.shipped import report as shipped

        lines = shipped()
    else:
        first, _, last = given.seeds.partition("-")
        seeds = range(int(first), int(last or first) + 1)
        top = given.top if given.show or not set(seeds) & set(RESERVED) else 0
        lines = mess(seeds, given.rows, top)
    for line in lines:
        print(line)


def mess(seeds: range, count: int, top: int) -> Iterator[str]:
    """The report on some seeds; with so many kinds of miss, and no row where none is wanted."""
    reads = [read(seed, count) for seed in seeds]
    yield from named(reads, top, f"Seeds {seeds.start} to {seeds.stop - 1}, {count} rows each.")


def named(reads: Sequence[Read], top: int, title: str) -> Iterator[str]:
    """The report on some names; with so many kinds of miss, and no row where none is wanted."""
    mentions = [one for found in reads for one in found.mentions]
    outcomes = Outcomes(mentions, frozenset(things()))
    yield title
    yield from by_class(outcomes)
    right, dates = sum(found.right for found in reads), sum(found.dates for found in reads)
    yield f"\nDates read as meant: {right} of {dates}."
    yield from by_form(outcomes)
    if top:
        yield from misses(outcomes.misses()[:top])
        yield from merges(mentions)


def by_class(outcomes: Outcomes) -> Iterator[str]:
    """Pairs and outcomes, for all names but places, and for each class."""
    yield (
        "\n| names of | names | true pairs | merged | precision | recall | "
        + " | ".join(_COLUMNS)
        + " |"
    )
    yield "|---|" + "--:|" * (5 + len(_COLUMNS))
    classes = sorted({one.class_name for one in outcomes.mentions})
    yield _class_line("**all but places**", outcomes, [one for one in classes if one != "Province"])
    for name in classes:
        yield _class_line(name, outcomes, [name])
    undecidable = _counted(outcomes, _undecidable)
    yield (
        f"\nOf {undecidable.total()} names that nobody could decide {undecidable['right']} wait, "
        f"{undecidable['split']} became new things, {undecidable['wrong']} known ones."
    )
    clear = [one for one in outcomes.mentions if not _undecidable(one)]
    pairs = score(one for one in clear if one.class_name != "Province")
    yield (
        f"Without these: precision {pairs.precision:.4f}, recall {pairs.recall:.4f} "
        f"({pairs.merged - pairs.right} of {pairs.merged} merged pairs are false)."
    )


def by_form(outcomes: Outcomes) -> Iterator[str]:
    """For each form: the pairs with a name in it, and what became of names in it alone."""
    names = [one for one in outcomes.mentions if one.class_name != "Province"]
    alone: dict[str, Counter[str]] = {}
    for (class_name, form), found in outcomes.alone().items():
        if class_name != "Province":
            alone[form] = alone.get(form, Counter()) + found
    yield "\n| form | names | precision | recall | alone | of these right | wait | wrong |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    counts = Counter(form for one in names for form in one.forms)
    scores = {form: bearing(names, form) for form in counts}
    for form in sorted(counts, key=lambda form: (scores[form].recall, form)):
        found, one = alone.get(form, Counter()), scores[form]
        share = f"{found['right'] / found.total():.2f}" if found else ""
        yield (
            f"| {form} | {counts[form]} | {one.precision:.3f} | {one.recall:.3f} "
            f"| {found.total()} | {share} | {found['waits']} | {found['wrong']} |"
        )


def misses(found: Sequence[Miss]) -> Iterator[str]:
    """Kinds of miss by what they cost."""
    yield "\n| class | form to blame | became | names | pairs lost | for example |"
    yield "|---|---|---|--:|--:|---|"
    for one in found:
        texts = "; ".join(repr(text)[1:-1].replace("|", "\\|") for text in one.examples)
        yield (
            f"| {one.class_name} | {one.form} | {one.outcome} | {one.names} | {one.pairs:.0f} "
            f"| {texts} |"
        )


def merges(mentions: Sequence[Mention]) -> Iterator[str]:
    """Every key of more than one thing; of names that nobody could decide only how many."""
    found = false_merges(mentions)
    clear = [(key, by) for key, by in found if sum(not _riddle(truth) for truth in by) > 1]
    yield f"\nFalse merges: {len(found)}, {len(clear)} of them of names that could be decided."
    for key, by in clear:
        yield f"- `{key}`: " + "; ".join(
            f"{truth} ({', '.join(map(repr, texts[:3]))})" for truth, texts in by.items()
        )
    sums: Counter[tuple[str, str]] = Counter()
    for key, by in found:
        for truth in filter(_riddle, by):
            sums[key, truth.partition("/")[2]] += 1
    for (key, text), names in sums.most_common():
        yield f"- `{key}`: {names} times {text}, which nobody could decide"


def _class_line(title: str, outcomes: Outcomes, classes: Sequence[str]) -> str:
    found = _counted(outcomes, lambda one: one.class_name in classes)
    pairs: Score = score(one for one in outcomes.mentions if one.class_name in classes)
    cells = " | ".join(str(found[name]) for name in _COLUMNS)
    return (
        f"| {title} | {found.total()} | {pairs.true} | {pairs.merged} | {pairs.precision:.4f} "
        f"| {pairs.recall:.4f} | {cells} |"
    )


def _undecidable(one: Mention) -> bool:
    return _riddle(one.truth)


def _riddle(truth: str) -> bool:
    return truth.startswith("ambiguous:")


def _counted(outcomes: Outcomes, wanted: Callable[[Mention], bool]) -> Counter[str]:
    return Counter(
        what
        for one, what in zip(outcomes.mentions, outcomes.all, strict=True)
        if wanted(one) and one.text != one.key
    )


if __name__ == "__main__":
    main()
