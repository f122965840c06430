"""What a stored file says of itself: size, hash, media type, format, encoding."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any

import magic
from ckan import model
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_schema.vocabularies import Item, vocabulary

__all__ = ["HASH_ALGORITHM", "FileFacts", "complete", "examine"]

#: Name of SHA-256 in the SPDX terms, as DCAT-AP wants it.
HASH_ALGORITHM = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"

#: What a resource keeps of its file; an editor's form does not carry these fields.
_KEPT = ("size", "hash", "hash_algorithm", "mimetype", "format", "encoding")
#: The others are columns of CKAN's resource table.
_IN_EXTRAS = {"hash_algorithm", "encoding"}
_CHUNK = 1 << 20
_HEAD = 4096
#: Media types of plain text say nothing of the format; a container may hold another format.
_VAGUE = ("text/", "application/zip", "application/octet-stream", "application/x-empty", "inode/", "application/json")
#: Encodings tried in this order. CP932 is what Excel in Japan calls Shift_JIS.
_ENCODINGS = (("utf-8", "UTF-8"), ("cp932", "Shift_JIS"))
_TEXT_FORMATS = {"CSV", "TSV", "TXT", "JSON", "GeoJSON", "XML", "HTML", "Turtle", "N-Triples", "KML", "GML", "ICS"}


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What was found in the bytes of a file."""

    size: int
    hash: str
    mimetype: str
    format: str | None
    encoding: str | None


def complete(resource: dict[str, Any]) -> None:
    """Fill in what the file of a resource says, before it is validated and stored.

    A new upload is examined. Without one, the facts of the stored file stay, whatever the request says. A link that
    takes the place of an upload loses them.
    """
    upload = resource.get("upload")
    if isinstance(upload, FileStorage) and upload.filename:
        _write(resource, examine(upload.filename, upload.stream))
    elif resource.get("clear_upload"):
        _forget(resource)
    else:
        _restore(resource)


def examine(filename: str, stream: IO[bytes]) -> FileFacts:
    """Read a file once and describe it; the stream is left at its beginning."""
    digest, size, head = hashlib.sha256(), 0, b""
    tries = [(label, codecs.getincrementaldecoder(name)()) for name, label in _ENCODINGS]
    for chunk in _chunks(stream):
        digest.update(chunk)
        size += len(chunk)
        head = head or chunk[:_HEAD]
        tries = [(label, decoder) for label, decoder in tries if _decodes(decoder, chunk)]
    tries = [(label, decoder) for label, decoder in tries if _decodes(decoder, b"", final=True)]
    stream.seek(0)
    found = _format(filename, magic.from_buffer(head, mime=True) if head else "")
    mimetype = (found.get("media_type") if found else None) or (
        magic.from_buffer(head, mime=True) if head else "application/octet-stream"
    )
    is_text = found is not None and found.code in _TEXT_FORMATS and size > 0
    return FileFacts(
        size=size,
        hash=digest.hexdigest(),
        mimetype=mimetype,
        format=found.code if found else None,
        encoding=_encoding(head, tries[0][0]) if is_text and tries else None,
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


def _encoding(head: bytes, label: str) -> str:
    return "UTF-8 (BOM)" if label == "UTF-8" and head.startswith(codecs.BOM_UTF8) else label


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


def _write(resource: dict[str, Any], facts: FileFacts) -> None:
    resource.update(size=facts.size, hash=facts.hash, hash_algorithm=HASH_ALGORITHM, mimetype=facts.mimetype)
    # A container keeps the name that its editor gave it: a ZIP may be a GTFS feed or a shapefile.
    if facts.format and not (facts.format == "ZIP" and resource.get("format")):
        resource["format"] = facts.format
    resource["encoding"] = facts.encoding or ""


def _forget(resource: dict[str, Any]) -> None:
    for key in ("size", "hash", "hash_algorithm", "mimetype", "encoding"):
        resource[key] = ""


def _restore(resource: dict[str, Any]) -> None:
    if resource.get("url_type") != "upload" or not resource.get("id"):
        return
    stored = model.Resource.get(resource["id"])
    if stored is None or stored.url_type != "upload":
        return
    extras = stored.extras or {}
    for key in _KEPT:
        value = extras.get(key) if key in _IN_EXTRAS else getattr(stored, key)
        if value not in {None, ""} and not (key == "format" and resource.get("format")):
            resource[key] = value
