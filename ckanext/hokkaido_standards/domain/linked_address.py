"""Addresses of files at other sites: what the file is called, and how a site is named to people."""

from __future__ import annotations

import re
from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

__all__ = ["ENDINGS", "FORMATS", "linked_name", "site_of", "starts_no_table"]

#: Endings of files that may hold a table that is read here.
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xls")
#: Codes of formats, in small letters, of such files.
FORMATS = ("csv", "tsv", "xlsx", "xls")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_BLANKS = b"\xef\xbb\xbf \t\r\n"
#: Beginnings of pages, JSON, PDF files, pictures and archives that are no workbooks.
_NO_TABLE = (b"<", b"{", b"%PDF-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")


def linked_name(url: str, disposition: str = "") -> str:
    """Return the name of the file at an address, without what is asked for: keys may stand there.

    :param disposition: the header `Content-Disposition`, which counts where the address has no ending of a table.
    """
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return ""
    name = _CONTROL.sub("", path.rstrip("/").rpartition("/")[2])
    if PurePosixPath(name).suffix.lower() in ENDINGS or not disposition:
        return name
    header = Message()
    header["Content-Disposition"] = disposition
    told = PurePosixPath(str(header.get_filename() or "").replace("\\", "/")).name
    return _CONTROL.sub("", told) if PurePosixPath(told).suffix.lower() in ENDINGS else name


def site_of(url: str) -> str:
    """Return the host of an address in small letters; blank for what is no address."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def starts_no_table(beginning: bytes) -> bool:
    """Tell whether the first bytes of a file are those of something that no table is read from."""
    return beginning.lstrip(_BLANKS).startswith(_NO_TABLE)
