"""Refuse what is not an honest workbook, before anything of it is unpacked into memory.

Expectations UP-01 to UP-05, UP-12 and UP-13 of the project's list of faults: archive bombs, lying directories, DOCTYPE,
macros, wrong kinds of file whatever their name, damaged and duplicated parts. Nothing is ever written to disk.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from ckanext.hokkaido_core.domain.file_faults import Fault

__all__ = ["DEFAULT_LIMITS", "MIB", "Limits", "inspect"]

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a workbook may cost, in bytes and counts.

    `ratio` is the compression ratio above which an archive larger than `ratio_from` unpacked is refused.
    """

    file_bytes: int = 20 * MIB
    parts: int = 2000
    unpacked_bytes: int = 256 * MIB
    part_bytes: int = 160 * MIB
    ratio: int = 50
    ratio_from: int = 64 * MIB


DEFAULT_LIMITS = Limits()

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 1 << 20
#: The words of a document type declaration, as UTF-8 and as both kinds of UTF-16 would spell them.
_DECLARATIONS = tuple(
    word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
#: The beginnings of all of them: a part without these needs no closer look.
_BEGINNINGS = (b"<!", b"<\x00!")
_OVERLAP = 32
_MACRO_PARTS = re.compile(r"(^|/)(vbaProject\.bin|macrosheets/)", re.IGNORECASE)
#: Pictures, fonts and printer settings are never parsed, so that what they hold is of no concern.
_NOT_PARSED = re.compile(r"(^|/)(media|fonts|printerSettings|embeddings)/", re.IGNORECASE)


class _Refused(Exception):
    """The archive is refused; carries the fault."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.fault = Fault(code, params)


def inspect(content: bytes, limits: Limits = DEFAULT_LIMITS) -> Fault | None:
    """Return why a file is not read, or nothing for an honest .xlsx workbook; `content` is the whole file."""
    try:
        _check_kind(content, limits)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_directory(archive, limits)
            _check_parts(archive, len(content), limits)
    except _Refused as refused:
        return refused.fault
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, ValueError, OSError):
        # zipfile has no one exception for a broken archive: each of these has been seen with truncated ones.
        return Fault("damaged_file")
    return None


def _check_kind(content: bytes, limits: Limits) -> None:
    if not content:
        raise _Refused("empty_file")
    if len(content) > limits.file_bytes:
        raise _Refused("file_too_large", size=-(-len(content) // MIB), limit=limits.file_bytes // MIB)
    if content.startswith(b"PK"):
        return
    if content.startswith(_OLE):
        raise _Refused("encrypted_file" if _ENCRYPTED in content else "old_excel_file")
    if content.startswith(b"%PDF-"):
        raise _Refused("pdf_file")
    raise _Refused(_kind_of_text(content))


def _kind_of_text(content: bytes) -> str:
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")) or b"<html" in head or b"<table" in head:
        return "html_file"
    for encoding in ("utf-8", "cp932", "euc_jp", "utf-16"):
        try:
            text = content[:65536].decode(encoding, "strict" if len(content) <= 65536 else "ignore")  # noqa: PLR2004
        except UnicodeDecodeError:
            continue
        if not re.search("[\x00-\x08\x0e-\x1f]", text):
            return "csv_file"
    return "not_a_workbook"


def _check_directory(archive: zipfile.ZipFile, limits: Limits) -> None:
    entries = archive.infolist()
    if len(entries) > limits.parts:
        raise _Refused("zip_too_many_parts", limit=limits.parts)
    names = [entry.filename for entry in entries]
    _check_names(names)
    _check_family(archive, names)
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise _Refused("encrypted_file")
        if entry.external_attr >> 28 == 0xA:  # noqa: PLR2004  The file type of a symbolic link in Unix mode bits.
            raise _Refused("zip_suspicious", part=_shown(entry.filename))


def _check_names(names: list[str]) -> None:
    seen: set[str] = set()
    for name in names:
        path = PurePosixPath(name)
        # Part names are compared without case by the packaging standard (ECMA-376 part 2, 6.2.2.3).
        if path.is_absolute() or ".." in path.parts or "\\" in name or name.casefold() in seen:
            raise _Refused("zip_suspicious", part=_shown(name))
        seen.add(name.casefold())


def _check_family(archive: zipfile.ZipFile, names: list[str]) -> None:
    """Tell a workbook from its relatives by what the archive holds, not by the file's name."""
    if "mimetype" in names and archive.open("mimetype").read(100).startswith(b"application/vnd.oasis.opendocument.spr"):
        raise _Refused("ods_file")
    if any(_MACRO_PARTS.search(name) for name in names):
        raise _Refused("macro_file")
    if "xl/workbook.bin" in names:
        raise _Refused("xlsb_file")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise _Refused("not_a_workbook")


def _check_parts(archive: zipfile.ZipFile, packed: int, limits: Limits) -> None:
    total = 0
    for entry in archive.infolist():
        size = 0
        tail = b""
        for chunk in _chunks(archive, entry):
            size += len(chunk)
            total += len(chunk)
            # Counted while streaming, since the sizes in the directory may lie.
            if size > limits.part_bytes or total > limits.unpacked_bytes:
                raise _Refused("zip_too_large", limit=limits.unpacked_bytes // MIB)
            if total > limits.ratio_from and total > packed * limits.ratio:
                raise _Refused("zip_suspicious", part=_shown(entry.filename))
            if not _NOT_PARSED.search(entry.filename):
                _check_chunk(entry.filename, tail + chunk)
                tail = chunk[-_OVERLAP:]
        if size != entry.file_size:
            raise _Refused("zip_suspicious", part=_shown(entry.filename))


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            yield chunk


def _check_chunk(name: str, chunk: bytes) -> None:
    if any(word in chunk for word in _BEGINNINGS) and any(word in chunk for word in _DECLARATIONS):
        raise _Refused("doctype", part=_shown(name))
    # Some programs write the type of binary macro workbooks as the default for `.bin` into plain workbooks: without
    # `+xml` it is the type of no part that is read.
    if name == "[Content_Types].xml" and b"macroEnabled.main+xml" in chunk:
        raise _Refused("macro_file")


def _shown(name: str) -> str:
    return "".join(character for character in name if character.isprintable())[:60]
