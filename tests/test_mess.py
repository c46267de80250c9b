"""New mess is the same for the same seed, changes only what it says, and knows whom it means."""

import csv
import re
import unicodedata
from collections import defaultdict
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.mess import forms, known, rows, script, titles, wording, write
from bench.mess.rows import row
from bench.mess.said import Said
from bench.mess.strangers import stranger

NAMES = [text for thing in known.things().values() for text, _ in thing.names]
RANDOM = st.integers(0, 2**32).map(Random)
every = settings(max_examples=25)
SEEDS = range(1, 3)


def test_a_row_follows_from_its_seed_and_number_alone() -> None:
    some = list(rows(1, 40))
    assert some == list(rows(1, 60))[:40]
    assert some[17] == row(1, 17)
    assert some != list(rows(2, 40))


def blankless(text: str) -> str:
    return re.sub(r"\s", "", text)


def written(text: str) -> str:
    """One sign for all brackets, for all dashes, for all quotation marks and for all ×."""
    table = {ord(one): "(" for pair in forms.BRACKETS for one in pair}
    table |= {ord(one): "-" for one in forms.DASHES} | {ord(one): "x" for one in forms.TIMES}
    table |= {ord(one): '"' for pair in forms.QUOTES for one in pair}
    return text.translate(table)


@every
@given(st.sampled_from(NAMES), RANDOM)
def test_a_form_of_signs_changes_signs_only(name: str, random: Random) -> None:
    for form in (forms.brackets, forms.dash, forms.times, forms.quotes):
        assert written(form(name, random)) == written(name)
    assert forms.no_quotes(name, random) == re.sub("[“”]", "", name)
    wide = forms.full_width(name, random)
    assert unicodedata.normalize("NFKC", wide) == unicodedata.normalize("NFKC", name)


@every
@given(st.sampled_from(NAMES), RANDOM)
def test_a_form_of_blanks_changes_blanks_only(name: str, random: Random) -> None:
    for form in (forms.around, forms.inside, forms.spaced, forms.broken):
        assert blankless(form(name, random)) == blankless(name)
    unseen = forms.invisible(name, random)
    assert len(unseen) == len(name) + 1
    assert "".join(one for one in unseen if one not in forms.INVISIBLE) == name


@every
@given(st.sampled_from(NAMES), RANDOM)
def test_a_note_of_reading_leaves_the_text_in_one_of_the_scripts(name: str, random: Random) -> None:
    left = re.sub(r"[(（][a-zü\u0300-\u036f]+ ?[)）] ?", "", unaccented(script.toned(name, random)))
    assert simplified(left) == simplified(unaccented(name))


def unaccented(text: str) -> str:
    """Latin letters without their tones."""
    return unicodedata.normalize("NFD", text)


def simplified(text: str) -> str:
    """Simplified; 复函 became 覆函 on the way there, and 卫 in Hong Kong 衞, which both stay."""
    return script._converted(text, "t2s").replace("覆", "复").replace("衞", "卫")


@every
@given(st.sampled_from(NAMES), RANDOM)
def test_the_other_script_comes_back(name: str, random: Random) -> None:
    for form in (script.traditional, script.mixed):
        assert simplified(form(name, random)) == name


@pytest.mark.parametrize(
    ("form", "said", "wanted"),
    [
        (wording.relative, ("江苏省数据局", "agency:js", "province:32"), "省数据局"),
        (wording.relative, ("江苏省数据局", "agency:js", ""), ""),
        (wording.short_place, ("苏州市数据局", "new:x", ""), "苏州数据局"),
        (wording.abbreviated, ("湖北省发展和改革委员会", "org:hbdrc", ""), "湖北省发"),
        (wording.province_before, ("江阴市数据局", "x", "province:32"), "江苏省江阴市数据局"),
        (wording.former, ("河南省大数据管理局", "agency:ha_old", ""), "原河南省大数据管理局"),
        (wording.former, ("河南省数据局", "agency:ha", ""), ""),
        (wording.moved_place, ("国家大数据(贵州)综合试验区", "zone:gzdsj", ""), "贵州国家"),
    ],
)
def test_a_wording_says_the_same_otherwise(
    form: wording.Wording, said: tuple[str, str, str], wanted: str
) -> None:
    text, truth, place = said
    made = form(Said(text, truth, "Agency", text, place), Random(1))
    assert made.startswith(wanted) if wanted else made == ""


def test_titles_are_wrapped_whole() -> None:
    title, issuer, number = "关于甲的意见(征求意见稿)", "国务院", "国发〔2022〕2号"
    made = {name: form(title, issuer, number, Random(1)) for name, form in titles.TITLES.items()}
    assert made["issuer and notice"] == f"国务院关于印发《{title}》的通知"
    assert made["issuer before"] == f"国务院{title}"
    assert made["tail outside"] == "《关于甲的意见》(征求意见稿)"
    assert made["number behind"] == f"《{title}》({number})"


def test_no_name_that_is_to_be_decided_means_two_things() -> None:
    means: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for seed in SEEDS:
        for made in rows(seed, 250):
            for said in (one for names in made.said.values() for one in names):
                if not said.truth.startswith("ambiguous:") and "by date" not in said.forms:
                    means[said.class_name, blankless(said.text), said.place].add(said.truth)
    assert {name: truths for name, truths in means.items() if len(truths) > 1} == {}


@every
@given(st.sampled_from(["Agency", "Organisation", "Exchange", "Policy", "Zone"]), RANDOM)
def test_a_stranger_is_nobody_that_the_register_knows(class_name: str, random: Random) -> None:
    said = stranger(class_name, random)
    assert said.text not in known.owners()
    assert said.truth.startswith("new:")


def test_the_truth_stands_beside_the_tables(tmp_path: Path) -> None:
    made = list(rows(1, 60))
    write(tmp_path, made)
    with (tmp_path / "truth.csv").open(encoding="utf-8", newline="") as file:
        truth = list(csv.DictReader(file))
    assert len(truth) == sum(len(names) for one in made for names in one.said.values())
    text = "".join(path.read_text("utf-8") for path in (tmp_path / "tables").iterdir())
    assert all(one.address in text for one in made)
    assert "new:" not in text and "ambiguous:" not in text
