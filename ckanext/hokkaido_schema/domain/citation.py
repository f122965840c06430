"""How to name a dataset as a source, in Japanese, in English and as BibTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

__all__ = ["Cited", "bibtex", "english", "japanese"]

_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation names: `part` is the file, where one file is meant; `year` is that of the data."""

    publisher: str
    publisher_en: str
    title: str
    title_en: str
    name: str
    year: str
    licence: str
    url: str
    read_on: date
    part: str = ""


def japanese(cited: Cited) -> str:
    """Return the citation as Japanese reports write it."""
    part = f"「{cited.part}」" if cited.part else ""
    known = [f"{cited.year}年" if cited.year else "", cited.licence, cited.url]
    read_on = f"{cited.read_on.year}年{cited.read_on.month}月{cited.read_on.day}日"
    return f"{cited.publisher}「{cited.title}」{part}、{'、'.join(one for one in known if one)}（{read_on}閲覧）"


def english(cited: Cited) -> str:
    """Return the citation as English papers write it; what has no English name keeps its Japanese one."""
    year = f" ({cited.year})" if cited.year else ""
    part = f", {cited.part}" if cited.part else ""
    licence = f" {cited.licence}." if cited.licence else ""
    read_on = f"{cited.read_on.day} {cited.read_on:%B %Y}"
    title = cited.title_en or cited.title
    return (
        f"{cited.publisher_en or cited.publisher}{year}. {title}{part} [Data set].{licence} "
        f"{cited.url} (accessed {read_on})"
    )


def bibtex(cited: Cited) -> str:
    """Return the citation as an entry of BibTeX; braces keep names in one piece and titles in their own case."""
    fields = {
        "author": f"{{{_plain(cited.publisher)}}}",
        "title": f"{{{_plain(cited.title + (f'（{cited.part}）' if cited.part else ''))}}}",
        "year": cited.year,
        "note": _plain(cited.licence),
        "url": cited.url,
        "urldate": cited.read_on.isoformat(),
    }
    lines = [f"  {key} = {{{value}}}" for key, value in fields.items() if value]
    key = re.sub(r"[^A-Za-z0-9]+", "-", cited.name).strip("-") or "dataset"
    return f"@misc{{{key},\n" + ",\n".join(lines) + "\n}"


def _plain(text: str) -> str:
    return " ".join(text.split()).translate(_SPECIAL)
