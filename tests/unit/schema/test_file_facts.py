"""What a file says of itself (UP-14, UP-20)."""

from __future__ import annotations

import gzip
import hashlib
import io

import pytest

from ckanext.hokkaido_schema.file_facts import examine

TABLE = "番号,名称\r\n1,髙橋\r\n"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.mark.parametrize(
    ("filename", "content", "format_", "mimetype", "encoding"),
    [
        ("a.csv", TABLE.encode("utf-8-sig"), "CSV", "text/csv", "UTF-8 (BOM)"),
        ("a.csv", TABLE.encode(), "CSV", "text/csv", "UTF-8"),
        ("a.CSV", TABLE.encode("cp932"), "CSV", "text/csv", "Shift_JIS"),
        ("a.csv", TABLE.encode("utf-16"), "CSV", "text/csv", "UTF-16"),
        ("a.csv", b"", "CSV", "text/csv", None),
        ("a.json", b'{"a": 1}', "JSON", "application/json", "UTF-8"),
        ("a.geojson", b'{"type": "FeatureCollection"}', "GeoJSON", "application/geo+json", "UTF-8"),
        ("a.pdf", PDF, "PDF", "application/pdf", None),
        ("disguised.csv", PDF, "PDF", "application/pdf", None),
        ("noextension", PDF, "PDF", "application/pdf", None),
        ("a.unknown", b"some words", None, "text/plain", None),
    ],
)
def test_format_media_type_and_encoding_come_from_the_file(
    filename: str, content: bytes, format_: str | None, mimetype: str, encoding: str | None
) -> None:
    facts = examine(filename, io.BytesIO(content))
    assert (facts.format, facts.mimetype, facts.encoding) == (format_, mimetype, encoding)


def test_size_and_hash_are_those_of_all_bytes() -> None:
    content = b"x" * (3 << 20) + "終".encode()
    facts = examine("a.txt", io.BytesIO(content))
    assert (facts.size, facts.hash) == (len(content), hashlib.sha256(content).hexdigest())


def test_a_character_cut_by_the_reading_block_is_no_error() -> None:
    content = b"x" * ((1 << 20) - 1) + "北海道".encode()
    assert examine("a.csv", io.BytesIO(content)).encoding == "UTF-8"


def test_the_stream_is_ready_to_be_stored() -> None:
    stream = io.BytesIO(TABLE.encode())
    stream.read()
    examine("a.csv", stream)
    assert stream.tell() == 0


def test_a_file_of_gzip_is_known_by_its_bytes() -> None:
    assert examine("a.csv.gz", io.BytesIO(gzip.compress(TABLE.encode()))).compress_format == "gzip"
    assert examine("a.csv.gz", io.BytesIO(TABLE.encode())).compress_format is None
