"""Bringing what catalogues say into the fields of the schema: mended where no guess is needed, else noted and kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from ckanext.hokkaido_core.domain.eras import NotADate, Span, read_span
from ckanext.hokkaido_core.domain.text import has_hidden_characters
from ckanext.hokkaido_schema.domain.record import Record
from ckanext.hokkaido_schema.domain.words import Codes, frequency, licence

__all__ = ["Mender", "pieces", "web_address"]

_BETWEEN = re.compile(r"[;；]+")
_BETWEEN_THEMES = re.compile(r"[・、,，/／>＞]+")
_OTHER = "その他"
_BETWEEN_KEYWORDS = re.compile(r"[;；,，、\n\t]+")
_NOT_IN_A_TAG = re.compile(r"[^\w \-.]+")
_SPANS = re.compile(r"\s*(?:～|〜|~|から|\s-\s|－|/(?=\D)|(?<=[日月年度])-)\s*")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(B|BYTES?|バイト|KB|KIB|MB|MIB|GB|GIB)?")
_UNITS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SCHEMES = {"http", "https", "ftp", "ftps"}
_SHORTEST_TAG, _LONGEST_TAG = 2, 100
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def pieces(text: str) -> list[str]:
    """Return the values of a cell that holds several, between semicolons."""
    return [piece for one in _BETWEEN.split(text) if (piece := one.strip())]


def web_address(text: str) -> bool:
    """Tell whether a text is an address that a page may link to."""
    try:
        parts = urlsplit(text)
        good = parts.scheme.lower() in _SCHEMES and bool(parts.hostname)
    except ValueError:
        return False
    return good and not re.search(r"[\s<>\"]", text) and not has_hidden_characters(text)


class Mender:
    """Writes values into the dataset of a record, or into one of its files."""

    def __init__(self, record: Record, codes: Codes) -> None:
        self.record = record
        self.codes = codes

    def text(self, into: dict[str, Any], field: str, name: str, value: str) -> None:
        """Write a text, without characters that nobody can see."""
        text = value.strip()
        if not text:
            return
        plain = "".join(one for one in text if not has_hidden_characters(one))
        if plain != text:
            self.record.repair(name, "hidden", text, plain)
        into[field] = plain

    def day(self, into: dict[str, Any], field: str, name: str, value: str) -> None:
        """Write a day; of a month or a year the first one."""
        text = value.strip()
        if not text:
            return
        try:
            span = read_span(text)
        except NotADate:
            self.record.refuse(name, "date", text)
            return
        into[field] = span.start.isoformat()
        if into[field] != text:
            self.record.repair(name, "date" if span.start == span.end else "date_start", text, into[field])

    def frequency(self, name: str, value: str) -> None:
        """Write a frequency; words that are not those of the list stay in the note."""
        text = value.strip()
        if not text:
            return
        code = frequency(text, self.codes)
        if code:
            self.record.dataset["frequency"] = code
        if code is None or not self.codes("frequencies=", text):
            self.record.dataset["frequency_note"] = text
            self.record.repair(name, "frequency", text, code or "")

    def licence(self, name: str, value: str) -> str | None:
        """Return the code of a licence; the words are the caller's to keep when they say more than the code."""
        found = licence(value, self.codes)
        if found is None:
            return None
        if found.repair and not self.codes("licences=", value):
            self.record.repair(name, found.repair, value.strip(), found.code)
        return found.code

    def themes(self, name: str, value: str) -> None:
        """Write themes; words that are none become keywords, and “other” stays in the remarks."""
        for piece in pieces(value):
            if piece == _OTHER:
                self.record.repair(name, "remarks", piece)
                self.record.keep(name, piece)
                continue
            found, rest = self._themes_in(piece)
            kept: list[str] = self.record.dataset.setdefault("theme", []) if found else []
            kept += [code for code in found if code not in kept]
            if found and not self.codes("themes=", piece):
                self.record.repair(name, "theme", piece, ";".join(found))
            if rest:
                self.record.repair(name, "theme_keyword", piece, ";".join(rest))
                self.keywords(name, rest)

    def _themes_in(self, text: str) -> tuple[list[str], list[str]]:
        """Return the themes that a word means, and the parts of it that mean none."""
        if whole := self.codes("themes", text):
            return list(whole), []
        parts = [part for one in _BETWEEN_THEMES.split(text) if (part := one.strip())]
        found = {part: self.codes("themes", part) for part in parts}
        return [code for codes in found.values() for code in codes], [part for part in parts if not found[part]]

    def keywords(self, name: str, value: str | Iterable[str]) -> None:
        """Write keywords; signs that CKAN does not take in one are replaced by blanks."""
        tags: list[dict[str, str]] = self.record.dataset.get("tags", [])
        known = {tag["name"] for tag in tags}
        for piece in _BETWEEN_KEYWORDS.split(value) if isinstance(value, str) else value:
            tag = " ".join(_NOT_IN_A_TAG.sub(" ", piece).split())
            if not piece.strip() or tag in known:
                continue
            if not _SHORTEST_TAG <= len(tag) <= _LONGEST_TAG:
                self.record.refuse(name, "keyword", piece)
                continue
            if tag != piece.strip():
                self.record.repair(name, "keyword", piece, tag)
            known.add(tag)
            tags.append({"name": tag})
        if tags:
            self.record.dataset["tags"] = tags

    def areas(self, name: str, value: str) -> None:
        """Write the areas; a name is mapped to its code."""
        self._codes_of(self.record.dataset, "spatial_code", name, "areas", "area", value)

    def languages(self, into: dict[str, Any], name: str, value: str) -> None:
        """Write languages."""
        self._codes_of(into, "language", name, "languages", "language", value)

    def _codes_of(self, into: dict[str, Any], field: str, name: str, vocabulary: str, code: str, value: str) -> None:
        kept: list[str] = into.get(field, [])
        for piece in pieces(value):
            found = self.codes(vocabulary, piece)
            if len(found) != 1:
                self.record.refuse(name, code, piece)
                continue
            if found[0] not in kept:
                kept.append(found[0])
            if not self.codes(f"{vocabulary}=", piece) and piece != found[0]:
                self.record.repair(name, code, piece, found[0])
        if kept:
            into[field] = kept

    def choice(self, into: dict[str, Any], field: str, name: str, vocabulary: str, value: str) -> None:
        """Write one code of a vocabulary."""
        text = value.strip()
        if not text:
            return
        found = self.codes(vocabulary, text)
        if not found:
            self.record.refuse(name, "status", text)
            return
        into[field] = found[0]
        if not self.codes(f"{vocabulary}=", text):
            self.record.repair(name, "status", text, found[0])

    def addresses(self, into: dict[str, Any], field: str, name: str, value: str) -> None:
        """Write several addresses; other words are noted."""
        kept = [piece for piece in pieces(value) if web_address(piece)]
        for piece in pieces(value):
            if piece not in kept:
                self.record.repair(name, "remarks", piece)
                self.record.keep(name, piece)
        if kept:
            into[field] = list(dict.fromkeys(kept))

    def address(self, name: str, value: str) -> tuple[str, list[str]]:
        """Return the address in a text, and further ones that stood beside it; nothing when there is none."""
        text = value.strip()
        if not text:
            return "", []
        if web_address(text):
            return text, []
        parts = [part for part in re.split(r"\s+|(?<=.)(?=https?://)", text) if part]
        if len(parts) > 1 and all(web_address(part) for part in parts):
            self.record.repair(name, "urls", text, parts[0])
            return parts[0], parts[1:]
        joined = "".join(parts)
        if web_address(joined):
            self.record.repair(name, "url", text, joined)
            return joined, []
        return "", []

    def size(self, into: dict[str, Any], name: str, value: str) -> None:
        """Write a number of bytes; 1,234 and 1.5MB are read too."""
        text = value.strip()
        if not text:
            return
        plain = unicodedata.normalize("NFKC", text).upper().replace(",", "").strip()
        match = _SIZE.fullmatch(plain)
        if match is None:
            self.record.refuse(name, "size", text)
            return
        into["size"] = int(float(match[1]) * _UNITS.get((match[2] or "")[:1], 1))
        if str(into["size"]) != text:
            self.record.repair(name, "size", text, into["size"])

    def mail(self, into: dict[str, Any], field: str, name: str, value: str) -> None:
        """Write a mail address."""
        text = unicodedata.normalize("NFKC", value).strip().removeprefix("mailto:")
        if not text:
            return
        if _MAIL.fullmatch(text):
            into[field] = text
        else:
            self.record.refuse(name, "email", value)

    def periods(self, name: str, value: str) -> None:
        """Write periods: 開始/終了, 令和5年度, 2020年4月～2021年3月."""
        found = []
        for piece in pieces(value):
            period = _period(piece)
            if period is None:
                self.record.refuse(name, "date", piece)
                continue
            found.append({side: day for side, day in zip(("start", "end"), period, strict=True) if day})
            written = "/".join(period)
            if written != piece:
                self.record.repair(name, "date", piece, written)
        if found:
            self.record.dataset["temporal_coverage"] = found


def _period(text: str) -> tuple[str, str] | None:
    start, slash, end = text.partition("/")
    if slash and all(not side.strip() or _ISO_DAY.fullmatch(side.strip()) for side in (start, end)):
        sides = [_span(side) for side in (start, end)]
        if any(side is None and words.strip() for side, words in zip(sides, (start, end), strict=True)):
            return None
        return _day(sides[0] and sides[0].start), _day(sides[1] and sides[1].end)
    if span := _span(text):
        return span.start.isoformat(), span.end.isoformat()
    parts = _SPANS.split(text, maxsplit=1)
    if len(parts) != 2:  # noqa: PLR2004 - a start and an end.
        parts = [part for part in text.rsplit("/", 1) if part]
    first, last = (_span(parts[0]), _span(parts[1])) if len(parts) == 2 else (None, None)  # noqa: PLR2004
    if first is None and last is None:
        return None
    if any(part.strip() and span is None for part, span in zip(parts, (first, last), strict=True)):
        return None
    return _day(first and first.start), _day(last and last.end)


def _span(text: str) -> Span | None:
    try:
        return read_span(text.strip())
    except NotADate:
        return None


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
