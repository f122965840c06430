"""What is no honest workbook is refused before it is unpacked (UP-01 to UP-05, UP-12, UP-13)."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from pathlib import Path

import pytest

from ckanext.hokkaido_inventory.workbook.guard import MIB, Limits, inspect
from ckanext.hokkaido_inventory.workbook.reader import read

#: An old workbook is no archive, but it is read: where nothing stands behind its first bytes it is damaged.
READ_AS = {"old_excel_file": ["damaged_file"]}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def codes(content: bytes, limits: Limits | None = None) -> list[str]:
    return [finding.code for finding in inspect(content, limits or Limits())]


def archive(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return stream.getvalue()


def test_our_own_workbooks_pass(official, template) -> None:
    assert codes(official()) == []
    assert codes(template()) == []


def test_the_official_file_passes(shared_dir: Path) -> None:
    assert codes((shared_dir / "reference/gif/xlsx/465-3.xlsx").read_bytes()) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (OLE + bytes(5000), "old_excel_file"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600), "encrypted_file"),
        (b"%PDF-1.7\n%\xe2\xe3", "pdf_file"),
        ("\ufeff<!DOCTYPE html><html lang=ja><body>ログイン".encode(), "html_file"),
        (b"\r\n <html><table><tr><td>1</table>", "html_file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not_a_workbook"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "ods_file"),
        (archive(**{"word/document.xml": b"<w/>", "[Content_Types].xml": b"<T/>"}), "not_a_workbook"),
        (archive(**{"xl/workbook.bin": b"1", "[Content_Types].xml": b"<T/>"}), "xlsb_file"),
    ],
)
def test_each_wrong_kind_of_file_is_named(content: bytes, code: str) -> None:
    assert codes(content) == [code]
    assert [finding.code for finding in read(content).findings] == READ_AS.get(code, [code])


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp", "utf-16"])
def test_a_list_as_text_is_no_workbook_but_read(encoding: str) -> None:
    content = "番号,データ名\r\n1,一覧\r\n".encode(encoding)
    assert codes(content) == ["csv_file"]
    result = read(content)
    assert (result.findings, [row.values["title"] for row in result.rows]) == ([], ["一覧"])


def test_half_a_workbook_is_damaged(official) -> None:
    whole = official()
    assert codes(whole[: len(whole) // 2]) == ["damaged_file"]


def test_a_workbook_with_a_flipped_byte_is_damaged(template) -> None:
    content = bytearray(template())
    middle = len(content) // 3
    content[middle : middle + 40] = bytes(40)
    assert codes(bytes(content)) == ["damaged_file"]


def test_a_large_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(21 * MIB)
    (finding,) = read(path).findings
    assert finding.code == "file_too_large"
    assert finding.params == {"size": 21, "limit": 20}


def test_a_bomb_is_refused_while_it_streams(official, repacked) -> None:
    bomb = repacked(official(), {"xl/worksheets/sheet9.xml": bytes(80 * MIB)})
    assert len(bomb) < MIB
    assert codes(bomb) == ["zip_suspicious"]


def test_a_part_beyond_the_limit_is_refused(official) -> None:
    assert codes(official(), Limits(part_bytes=1000)) == ["zip_too_large"]


def test_too_many_parts_are_refused(official) -> None:
    assert codes(official(), Limits(parts=5)) == ["zip_too_many_parts"]


def test_a_directory_that_lies_about_a_size_is_refused(official, repacked) -> None:
    content = repacked(official(), {"xl/extra.xml": b"x" * 4000})
    at = content.rfind(b"xl/extra.xml") - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    lying = content[: at + 24] + struct.pack("<I", 10) + content[at + 28 :]
    assert codes(lying) in (["zip_suspicious"], ["damaged_file"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet3.xml", "xl/workbook.xml", "docProps/core.xml", "_rels/.rels"])
def test_a_doctype_anywhere_is_refused(official, repacked, part: str, encoding: str) -> None:
    declaration = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'.encode(encoding)
    assert codes(repacked(official(), {part: lambda old: declaration + old})) == ["doctype"]


def test_a_doctype_across_two_chunks_is_seen(official, repacked) -> None:
    padding = b" " * (MIB - 5)
    assert codes(repacked(official(), {"xl/theme/theme1.xml": padding + b"<!DOCTYPE x>"})) == ["doctype"]


def test_a_billion_laughs_is_refused(official, repacked) -> None:
    laughs = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'
    assert codes(repacked(official(), {"xl/sharedStrings.xml": laughs})) == ["doctype"]


def test_macros_are_refused_whatever_the_name(official, repacked) -> None:
    assert codes(repacked(official(), {"xl/vbaProject.bin": b"x"})) == ["macro_file"]


def test_a_workbook_declared_with_macros_is_refused(official, repacked) -> None:
    def declare(old: bytes) -> bytes:
        return old.replace(
            b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
        )

    assert codes(repacked(official(), {"[Content_Types].xml": declare})) == ["macro_file"]


def test_an_unused_default_type_for_binary_workbooks_is_no_macro(official, repacked) -> None:
    unused = b'<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
    content = repacked(official(), {"[Content_Types].xml": lambda old: old.replace(b"</Types>", unused)})
    assert codes(content) == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "XL/WORKBOOK.XML"])
def test_strange_part_names_are_refused(official, repacked, name: str) -> None:
    assert codes(repacked(official(), {name: b"x"})) == ["zip_suspicious"]


def test_a_part_there_twice_is_refused(official) -> None:
    stream = io.BytesIO(official())
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as again:
        warnings.simplefilter("ignore")
        again.writestr("xl/workbook.xml", b"<workbook/>")
    assert codes(stream.getvalue()) == ["zip_suspicious"]
