"""Text of one encoding written in another: what does not fit, where it stands, and what becomes of it (UP-14)."""

from __future__ import annotations

import codecs
import csv
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import MappingProxyType

__all__ = ["TARGETS", "Misfit", "Target", "convert", "misfits"]


@dataclass(frozen=True, slots=True)
class Target:
    """An encoding that a reader can ask for."""

    code: str
    codec: str
    label: str
    mark: bytes = b""


TARGETS = MappingProxyType(
    {
        "utf-8": Target("utf-8", "utf-8", "UTF-8 (BOM)", codecs.BOM_UTF8),
        "cp932": Target("cp932", "cp932", "Shift_JIS (CP932)"),
    }
)

#: Signs that people take for one that fits. Python's codec itself knows 〜, − and the others that Windows writes alike.
_ALIKE = MappingProxyType({"\u00a0": " ", "–": "－", "‐": "－"})
#: The printers' sign for a character that is not at hand.
_MISSING = "〓"
_MOST_PLACES = 5
_MOST_MISFITS = 200


@dataclass(slots=True)
class Misfit:
    """A character that does not fit: what stands in its place, how often it is there, and the first places.

    A place is the number of the row, as a spreadsheet counts it, and the number of the column, both from 1.
    """

    character: str
    becomes: str
    count: int = 0
    places: list[tuple[int, int]] = field(default_factory=list)

    @property
    def code_point(self) -> str:
        """Return the number of the character as Unicode writes it."""
        return " ".join(f"U+{ord(one):04X}" for one in self.character)


def convert(texts: Iterable[str], target: Target) -> Iterator[bytes]:
    """Write text in another encoding, piece by piece; what does not fit is replaced as `misfits` says."""
    yield target.mark
    for text in texts:
        try:
            yield text.encode(target.codec)
        except UnicodeEncodeError:
            yield "".join(one if _fits(one, target) else _instead(one, target) for one in text).encode(target.codec)


def misfits(lines: Iterable[str], delimiter: str, target: Target) -> tuple[list[Misfit], bool]:
    """Return the characters that do not fit, in the order in which they first appear, and whether all could be read.

    Characters that could not be read in the first place (U+FFFD) are among them for either target.
    """
    found: dict[str, Misfit] = {}
    try:
        for number, row in enumerate(csv.reader(lines, delimiter=delimiter), 1):
            if _suits("".join(row), target):
                continue
            for column, cell in enumerate(row, 1):
                _note(found, cell, (number, column), target)
    except csv.Error:
        return list(found.values()), False
    return list(found.values()), True


def _suits(text: str, target: Target) -> bool:
    if "\ufffd" in text:
        return False
    try:
        text.encode(target.codec)
    except UnicodeEncodeError:
        return False
    return True


def _note(found: dict[str, Misfit], cell: str, place: tuple[int, int], target: Target) -> None:
    for one in cell:
        if one != "\ufffd" and _fits(one, target):
            continue
        if one not in found:
            if len(found) >= _MOST_MISFITS:
                continue
            found[one] = Misfit(one, _instead(one, target))
        misfit = found[one]
        misfit.count += 1
        if len(misfit.places) < _MOST_PLACES and place not in misfit.places:
            misfit.places.append(place)


def _fits(character: str, target: Target) -> bool:
    try:
        character.encode(target.codec)
    except UnicodeEncodeError:
        return False
    return True


def _instead(character: str, target: Target) -> str:
    if _fits(character, target):
        return character
    alike = _ALIKE.get(character)
    if alike is not None:
        return alike
    if unicodedata.category(character) in {"Mn", "Cf"} or "\ufe00" <= character <= "\ufe0f":
        # A selector of a variant or a mark without width: the character before it stays.
        return ""
    plain = unicodedata.normalize("NFKC", character)
    return plain if plain != character and all(_fits(one, target) for one in plain) else _MISSING
