"""What a file is by its bytes, and which files are refused (UP-05, UP-12, UP-20)."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ckanext.hokkaido_schema.domain.file_kind import disagreement, kind_of, refusal

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
TABLE = "番号,名称\r\n1,髙橋\r\n"


def archive(*names: str, **parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as new:
        for name in names:
            new.writestr(name, b"<x/>")
        for name, part in parts.items():
            new.writestr(name, part)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (TABLE.encode(), "text"),
        (TABLE.encode("utf-8-sig"), "text"),
        (TABLE.encode("cp932"), "text"),
        (TABLE.encode("utf-16"), "text"),
        (TABLE.encode("utf-16-le"), "text"),
        ('名称,説明\n"<html>",タグの説明\n'.encode(), "text"),
        (b"\xef\xbb\xbf \r\n<!DOCTYPE html><html>", "html"),
        ("<html>".encode("utf-16"), "html"),
        (b"<table><tr><td>1</table>", "html"),
        (b'<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg"/>', "svg"),
        (b'<s:svg xmlns:s="http://www.w3.org/2000/svg"/>', "svg"),
        (b'<?xml version="1.0"?><kml/>', "xml"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\x89PNG\r\n\x1a\n<script>alert(1)</script>", "png"),
        (b"MZ" + bytes(58) + (64).to_bytes(4, "little") + b"PE\0\0", "program"),
        (b"\x7fELF\x02", "program"),
        ("MZ,名称\n1,2\n".encode(), "text"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (archive("xl/workbook.xml", "xl/vbaProject.bin"), "macro"),
        (archive("word/document.xml"), "docx"),
        (archive("stops.txt"), "zip"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (b"PK\x03\x04 cut off", "zip"),
        (OLE + "Workbook".encode("utf-16-le"), "xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + "_VBA_PROJECT".encode("utf-16-le") + "Workbook".encode("utf-16-le"), "macro"),
        (OLE + "WordDocument".encode("utf-16-le"), "ole"),
        (bytes(range(256)), "binary"),
    ],
)
def test_a_file_is_known_by_its_bytes(content: bytes, kind: str) -> None:
    stream = io.BytesIO(content)
    assert kind_of(stream) == kind
    assert stream.tell() == 0


@pytest.mark.parametrize(
    ("name", "kind", "refused", "differs"),
    [
        ("a.csv", "text", None, False),
        ("a.CSV", "xlsx", None, True),
        ("a.xls", "xlsx", None, True),
        ("a.csv", "html", "page", True),
        ("a.xls", "html", "page", True),
        ("a.html", "html", None, False),
        ("a.png", "svg", "drawing", True),
        ("a.svg", "svg", None, False),
        ("a.xml", "html", None, False),
        ("a.xlsx", "macro", "macro", True),
        ("a.xlsx", "encrypted", "encrypted", True),
        ("a.csv", "program", "program", True),
        ("a", "program", "program", False),
        ("a.csv", "empty", "empty", True),
        ("a.zip", "xlsx", None, False),
        ("no extension", "html", None, False),
        ("a.parquet", "binary", None, False),
    ],
)
def test_a_name_is_held_against_the_bytes(name: str, kind: str, refused: str | None, differs: bool) -> None:
    assert (refusal(name, kind), disagreement(name, kind)) == (refused, differs)


def test_real_files_under_a_wrong_name_are_found(shared_dir: Path) -> None:
    corpus = shared_dir / "corpus"
    found = {}
    for path in (
        *(corpus / "other_html_saved_as_csv").glob("*.csv"),
        *corpus.glob("03_evacuation_space/下松市__*避難所一覧.csv"),
        *corpus.glob("10_hospital/長門市__【長門市】医療機関一覧.xls"),
    ):
        with path.open("rb") as stream:
            kind = kind_of(stream)
        found.setdefault((kind, refusal(path.name, kind)), 0)
        found[kind, refusal(path.name, kind)] += 1
    assert found == {("html", "page"): 2, ("xlsx", None): 2}
