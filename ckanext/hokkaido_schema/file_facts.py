"""What a file says of itself: size, hash, media type, format, encoding."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

import magic

from ckanext.hokkaido_schema.domain.file_kind import FORMAT_OF, kind_of
from ckanext.hokkaido_schema.vocabularies import Item, vocabulary

__all__ = ["FileFacts", "examine"]

_CHUNK = 1 << 20
_HEAD = 4096
#: Media types of plain text say nothing of the format; a container may hold another format.
_VAGUE = ("text/", "application/zip", "application/octet-stream", "application/x-empty", "inode/", "application/json")
#: Encodings tried in this order. CP932 is what Excel in Japan calls Shift_JIS.
_ENCODINGS = (("utf-8", "UTF-8"), ("cp932", "Shift_JIS"))
#: How a file of gzip begins: two bytes that identify it and the one method there is (RFC 1952, section 2.3.1).
_GZIP = b"\x1f\x8b\x08"
_TEXT_FORMATS = {"CSV", "TSV", "TXT", "JSON", "GeoJSON", "XML", "HTML", "Turtle", "N-Triples", "KML", "GML", "ICS"}


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What was found in the bytes of a file."""

    size: int
    #: SHA-256.
    hash: str
    #: The only checksum that DCAT-AP 2 knows; no protection against people who mean harm.
    hash_sha1: str
    mimetype: str
    format: str | None
    encoding: str | None
    #: Code of the vocabulary `packings`, where the bytes are compressed as a whole.
    compress_format: str | None = None


def examine(filename: str, stream: IO[bytes]) -> FileFacts:
    """Read a file once and describe it; the stream is left at its beginning."""
    digest, older, size, head = hashlib.sha256(), hashlib.sha1(usedforsecurity=False), 0, b""
    tries = [(label, codecs.getincrementaldecoder(name)()) for name, label in _ENCODINGS]
    for chunk in _chunks(stream):
        digest.update(chunk)
        older.update(chunk)
        size += len(chunk)
        head = head or chunk[:_HEAD]
        tries = [(label, decoder) for label, decoder in tries if _decodes(decoder, chunk)]
    tries = [(label, decoder) for label, decoder in tries if _decodes(decoder, b"", final=True)]
    found = _by_bytes(stream) or _format(filename, magic.from_buffer(head, mime=True) if head else "")
    mimetype = (found.get("media_type") if found else None) or (
        magic.from_buffer(head, mime=True) if head else "application/octet-stream"
    )
    is_text = found is not None and found.code in _TEXT_FORMATS and size > 0
    return FileFacts(
        size=size,
        hash=digest.hexdigest(),
        hash_sha1=older.hexdigest(),
        mimetype=mimetype,
        format=found.code if found else None,
        encoding=_encoding(head, tries[0][0] if tries else None) if is_text else None,
        compress_format="gzip" if head.startswith(_GZIP) else None,
    )


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        yield chunk


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _encoding(head: bytes, label: str | None) -> str | None:
    """Name the encoding; every byte means something to CP932, so UTF-16 and binary content are told apart first."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    if b"\0" in head:
        return None
    return "UTF-8 (BOM)" if label == "UTF-8" and head.startswith(codecs.BOM_UTF8) else label


def _by_bytes(stream: IO[bytes]) -> Item | None:
    """Return the format of a workbook or document; the stream is left at its beginning.

    What begins like any archive is told by its parts, for some programs write them in an order that libmagic misses.
    """
    return vocabulary("formats").get(FORMAT_OF.get(kind_of(stream)))


def _format(filename: str, sniffed: str) -> Item | None:
    """Find the format by extension, unless the bytes clearly are something else (a PDF called .csv)."""
    formats = vocabulary("formats")
    extension = PurePath(filename).suffix.lower().removeprefix(".")
    named = next((item for item in formats if extension in item["extensions"]), None)
    if not sniffed.startswith(_VAGUE):
        real = next((item for item in formats if item.get("media_type") == sniffed and item["extensions"]), None)
        if real is not None:
            return real
    return named
