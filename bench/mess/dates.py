"""A date in the forms that cells have."""

from random import Random

_FORMS = {
    3: ("{0}年{1}月{2}日", "{0}年{1:02}月{2:02}日", "{0}.{1}.{2}", "{0}/{1}/{2}", "{0}{1:02}{2:02}",
        "{0}-{1:02}-{2:02}", "{0}-{1}-{2}", " {0}年{1}月{2}日 ", "{0}年 {1}月{2}日"),
    2: ("{0}年{1}月", "{0}年{1:02}月", "{0}.{1}", "{0}-{1:02}", "{0}/{1}"),
    1: ("{0}年", "{0}"),
}  # fmt: skip


def written(date: str, random: Random) -> str:
    """An ISO date of any precision, as somebody would write it."""
    parts = [int(one) for one in date.split("-")]
    text = random.choice(_FORMS[len(parts)]).format(*parts)
    wide = random.random() < 0.08
    return text.translate({ord(one): ord(one) + 0xFEE0 for one in "0123456789"}) if wide else text
