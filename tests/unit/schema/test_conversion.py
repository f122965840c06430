"""Text written in another encoding: what does not fit, and what becomes of it (UP-14)."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_schema.domain.conversion import TARGETS, convert, misfits
from ckanext.hokkaido_schema.domain.text_file import lines_of, texts_of

CP932, UTF8 = TARGETS["cp932"], TARGETS["utf-8"]


@pytest.mark.parametrize(
    ("character", "becomes"),
    [
        ("𠮷", "〓"),
        ("–", "－"),
        ("\u00a0", " "),
        ("ﬁ", "fi"),
        ("🏔", "〓"),
        ("\U000e0100", ""),
        ("é", "〓"),
        ("\ufffd", "〓"),
    ],
)
def test_a_character_that_does_not_fit_is_named_with_what_it_becomes(character: str, becomes: str) -> None:
    found, whole = misfits(["番号,名称\n", f"1,あ{character}あ{character}\n"], ",", CP932)
    assert whole
    assert [(one.character, one.becomes, one.count, one.places) for one in found] == [(character, becomes, 2, [(2, 2)])]
    assert b"".join(convert([f"あ{character}"], CP932)) == f"あ{becomes}".encode("cp932")


@pytest.mark.parametrize("character", ["髙", "﨑", "①", "㈱", "～", "〜", "−", "∥", "ｱ"])
def test_what_windows_writes_fits(character: str) -> None:
    assert misfits([f"{character}\n"], ",", CP932) == ([], True)


def test_everything_fits_into_utf8_but_what_could_not_be_read() -> None:
    assert misfits(["𠮷🏔\n"], ",", UTF8) == ([], True)
    assert misfits(["a\ufffd\n"], ",", UTF8)[0][0].count == 1


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    found, _whole = misfits(lines_of(['a,b\r\n"1\r\n1",', "2\r\n3,𠮷"]), ",", CP932)
    assert found[0].places == [(3, 2)]


def test_bytes_stay_as_they_are_where_they_fit() -> None:
    text = '番号,"名\n称"\r\n=1+1,@x\r\n'
    source = text.encode("cp932")
    pieces = [source[at : at + 3] for at in range(0, len(source), 3)]
    assert b"".join(convert(texts_of(pieces, "cp932"), CP932)) == source
    assert b"".join(convert(texts_of(pieces, "cp932"), UTF8)) == b"\xef\xbb\xbf" + text.encode()
