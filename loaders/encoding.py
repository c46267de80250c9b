"""How a file of text is encoded: UTF-8, GB18030, or UTF-16 that says so; all else is refused."""

import codecs
from pathlib import Path

from kg.errors import InputError

_LONGEST = 64_000_000
_BLOCK = 1 << 20
_SAVE = "save it as UTF-8"
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_OTHERS = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "not text but an old workbook "
    "(.xls), or a locked one: save it as "
    ".xlsx, unlocked",
    b"PK\x03\x04": "not text but a workbook or an archive: a workbook's name ends in .xlsx",
    b"%PDF": "not text but a PDF: save its tables as .xlsx or .csv",
}
_BIG5_SIGNS = 8


def encoding_of(path: Path) -> str:
    """The encoding of a file of text; InputError where it is none, or one that can't be told."""
    with path.open("rb") as file:
        first = file.read(_BLOCK)
    _refuse(path, first)
    marked = _MARKS.get(first[:2])
    for name in (marked,) if marked else ("utf-8-sig", "gb18030"):
        if _decodes(path, name):
            if name == "gb18030" and _is_big5(first):
                raise InputError(f"{path.name}: Big5, as it seems; {_SAVE}")
            return name
    raise InputError(f"{path.name}: neither UTF-8 nor GB18030; {_SAVE}")


def _refuse(path: Path, first: bytes) -> None:
    """InputError for what is no text, however it is called."""
    for sign, what in _OTHERS.items():
        if first.startswith(sign):
            raise InputError(f"{path.name}: {what}")
    if first[:2] not in _MARKS and any(one in first for one in (b"\n\0", b"\0\n", b",\0", b"\0,")):
        raise InputError(
            f"{path.name}: not text but binary data, or UTF-16 without a mark; {_SAVE}"
        )


def _decodes(path: Path, name: str) -> bool:
    """Whether all of a file is text of an encoding, in lines that a table may have."""
    decoder, line = codecs.getincrementaldecoder(name)(), 0
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                end = block.rfind(b"\n")
                line = line + len(block) if end < 0 else len(block) - end
                if line > _LONGEST:
                    raise InputError(f"{path.name}: a line of more than 64 MB; is it a table?")
                if "\0" in decoder.decode(block):
                    raise InputError(f"{path.name}: not text but binary data")
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_big5(first: bytes) -> bool:
    """Whether bytes that GB18030 takes are Big5: as such all common signs, as GB mostly rare ones.

    Every pair of Big5 is one of GB18030, too; read so, half of them are no signs of GB 2312.
    """
    sample = first[: first.rfind(b"\n") + 1] or first
    try:
        signs = [sign for sign in sample.decode("big5") if ord(sign) > 127]
        read = [sign for sign in sample.decode("gb18030") if ord(sign) > 127]
    except UnicodeDecodeError:
        return False
    return len(signs) >= _BIG5_SIGNS and 10 * sum(map(_is_common, read)) < 8 * len(read)


def _is_common(sign: str) -> bool:
    try:
        return bool(sign.encode("gb2312"))
    except UnicodeEncodeError:
        return False
