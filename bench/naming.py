"""Measure how long names take to identify: `python -m bench.naming [COUNT]`, default 100000.

The names are distinct and made as officials write them: bodies of all cities with and without
their province, short and full, old marks of script, titles with issuers in front, names that need
the place of their record, and names that nobody knows. Nothing is loaded.
"""

import json
import random
import resource
import sys
from collections import Counter
from collections.abc import Iterator
from time import process_time

from kg import domain
from kg.identity import Identifier
from kg.register import Register
from kg.statement import Name

_WRITTEN = ("{place}{words}{kind}", "{around}{place}{words}{kind}", "{short}{words}{kind}")
_TITLES = (
    "{place}人民政府关于印发《{place}{words}行动方案（{year}—{end}年）》的通知",
    "《{short}{words}实施方案({year}-{end})》",
    "{place}{words}局关于加快{words}发展的实施意见",
    "关于{words}和{other}若干措施（征求意见稿）",
)


def main() -> None:
    """Identify COUNT names and print what it took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    register = Register.read([domain.sources() / "register"])
    names = list(_made(register, count))
    before, start = _peak(), process_time()
    identifier = Identifier(register, domain.model(), domain.naming())
    rules = Counter(identifier.find(name).rule for name in names)
    took = {"cpu": round(process_time() - start, 2), "peak_mb": _peak(), "before_mb": before}
    print(json.dumps({"names": len(names), **took, "rules": dict(sorted(rules.items()))}))


def _made(register: Register, count: int) -> Iterator[Name]:
    """Distinct names, in an order that holds nothing together."""
    rng, seen = random.Random(7), set[str]()
    areas = sorted(register.within)
    form = next(one for one in domain.naming().form if one.name == "body")
    while len(seen) < count:
        area = rng.choice(areas)
        words = rng.choices(form.words, k=4)
        place, around = register.official[area], register.official[register.within[area]]
        text, class_name = rng.choice(_TITLES), "Policy"
        if rng.random() < 0.7:
            text, class_name = rng.choice((*_WRITTEN, "市{words}{kind}")), "Organisation"
        made = text.format(
            place=place, around=around, short=place.removesuffix("市"),
            year=rng.randint(2015, 2025), end=rng.randint(2026, 2030), words="".join(words[:3]),
            other=words[3], kind=rng.choice(form.kinds),
        )  # fmt: skip
        if made not in seen:
            seen.add(made)
            yield Name(made, (class_name,), area if rng.random() < 0.5 else "")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
