"""One description on its way in: what it says in the terms of the schema, what was mended, and what was refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["FORMULA", "REFUSED", "REPAIRS", "Note", "Record", "kept_text"]

#: What stands for a cell that holds a formula: its value is never taken (UP-06). No file can hold the NUL in it.
FORMULA = "\x00formula"


def N_(message: str) -> str:  # noqa: N802  The name is what the extraction of messages looks for.
    """Mark a sentence for the message catalogue without translating it yet."""
    return message


#: Why a value was changed.
REPAIRS: Mapping[str, str] = {
    "date": N_("The date is written as the calendar of the portal has it."),
    "date_start": N_("Only a month or a year was given; its first day is taken."),
    "frequency": N_("The words are mapped to the list of frequencies; they stay in the note on the frequency."),
    "theme": N_("The words are mapped to the list of themes."),
    "theme_keyword": N_("It is none of the themes; it is kept as a keyword."),
    "licence": N_("The words are mapped to the list of licences."),
    "licence_version": N_("No version of the licence is given; the newest is taken. The words stay in the rights."),
    "licence_words": N_("It is none of the licences; “other” is taken, and the words stay in the rights."),
    "swapped": N_("Format and licence stood in one another's columns; they are put right."),
    "area": N_("The name is mapped to its code."),
    "code": N_("The code lacked a zero or a check digit, or was full-width; it is completed."),
    "language": N_("The name of the language is mapped to its code."),
    "size": N_("The size is written in bytes."),
    "url": N_("Blanks and line ends in the address are taken out."),
    "urls": N_("Several addresses stood in one place; the others stay in the description of the file."),
    "keyword": N_("A keyword holds letters, digits, blanks, hyphens and dots only; other signs are replaced."),
    "hidden": N_("Characters that cannot be seen are taken out."),
    "name": N_("It cannot be the end of an address here; another one is made."),
    "formats": N_("Several formats stood in one cell; each becomes a file of its own."),
    "remarks": N_("There is no field for it; it is kept in the remarks."),
    "status": N_("The words are mapped to the list."),
    "publisher": N_("The organisation of the source is kept as the creator."),
    "private": N_("Something that publishing needs is missing, so it becomes a draft."),
}

#: Why a value, or a whole record, was not taken.
REFUSED: Mapping[str, str] = {
    "no_title": N_("There is no title. Write one and import it again."),
    "no_record": N_("This is no description of a dataset. Each line holds one JSON object."),
    "json": N_("The line is no JSON. Write one JSON object a line."),
    "date": N_("It cannot be read as a date. Write 2026-04-01 or 令和8年4月1日."),
    "area": N_("There is no such place in the list. Choose a municipality, a bureau or the whole of Hokkaido."),
    "language": N_("There is no such language in the list."),
    "status": N_("There is no such choice in the list."),
    "size": N_("It is no number of bytes."),
    "url": N_("It is no web address. Write it from http:// or https:// on."),
    "email": N_("It is no mail address."),
    "keyword": N_("A keyword has 2 to 100 characters."),
    "twice": N_("The same dataset stands in the file before; this one is left out."),
    "organization": N_("There is no such organisation on this portal. Name one for the whole file."),
    "not_yours": N_("You may not edit the datasets of this organisation."),
    "elsewhere": N_(
        "This ID or name is that of a dataset of another organisation. Hand it in there, or leave ID and name blank to"
        " make a new dataset."
    ),
    "no_dataset": N_("No row of the first sheet is the dataset of this file. Write the ID or the title of one there."),
    "formula": N_("A formula stands in the cell. Put its value there."),
    "type": N_("It is not of the kind that the field takes."),
}


@dataclass(frozen=True, slots=True)
class Note:
    """One repair or refusal: the field or heading, why, what the file says, and what is stored instead."""

    field: str
    code: str
    before: str
    after: str = ""
    message: str = ""

    def said(self, sentences: Mapping[str, str], translate: Callable[[str], str] = str) -> dict[str, str]:
        """Return the note with its sentence, as people and programs read it."""
        sentence = self.message or translate(sentences[self.code])
        return {
            "field": self.field,
            "code": self.code,
            "before": self.before,
            "after": self.after,
            "message": sentence,
        }


@dataclass(slots=True)
class Record:
    """A description that was read.

    :ivar line: number of its first line in the file, from 1.
    :ivar dataset: fields of the schema, as `package_create` takes them; only those that the file says something of.
    :ivar organization: how the file calls the publishing organisation: `code`, `name`, `title` or `id`.
    :ivar source: what is stored of where it comes from: `id` and `url` of the dataset there.
    """

    line: int
    dataset: dict[str, Any] = field(default_factory=dict)
    organization: dict[str, str] = field(default_factory=dict)
    source: dict[str, str] = field(default_factory=dict)
    repairs: list[Note] = field(default_factory=list)
    refusals: list[Note] = field(default_factory=list)
    refused: bool = False

    def repair(self, name: str, code: str, before: object, after: object = "") -> None:
        """Note that a value was changed."""
        self.repairs.append(Note(name, code, _shown(before), _shown(after)))

    def refuse(self, name: str, code: str, value: object) -> None:
        """Note that a value was not taken, and keep it in the remarks."""
        self.refusals.append(Note(name, code, _shown(value)))
        self.keep(name, value)

    def keep(self, name: str, value: object) -> None:
        """Keep a value that has no field in the remarks."""
        line = kept_text(name, str(value))
        before = self.dataset.get("remarks") or ""
        if line not in before.split("\n"):
            self.dataset["remarks"] = f"{before}\n{line}".strip()


def kept_text(name: str, value: str) -> str:
    """Return the line of the remarks that keeps a value."""
    return f"{name}：{' '.join(value.split())}"


def _shown(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)
