"""How the cells of a sheet look: colours, bold, italic and struck-out type, told from the archive of a workbook."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import ParseError, fromstring
from openpyxl.utils.cell import column_index_from_string

__all__ = ["Cells", "Looks", "looks_of"]


@dataclass(slots=True)
class Cells:
    """The cells of a column that look alike: how many hold something, and the first and the last row of them."""

    count: int
    first: int
    last: int


#: Column (from 1) -> look -> its cells; nothing where all cells of a workbook look alike.
Looks = Mapping[int, Mapping[str, Cells]]

# A cell without an end tag of its own is empty. No part looks past the next tag.
_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,6})")?[^<>]*(?<!/)>')
_STYLES = "xl/styles.xml"
_WHITE, _BLACK = "FFFFFF", "000000"
#: Numbers of colours that a program fills in by itself: text and background of a theme, and of a window.
_THEME_TEXT, _THEME_BACKGROUND, _THEME_LINK = "1", "0", {"10", "11"}
_INDEXED = {"8", "9", "64", "65"}


def looks_of(content: bytes, part: str) -> Looks:
    """Return how the cells of a sheet look; nothing where they all look alike, or the styles cannot be read.

    :param content: a workbook that the guard has taken.
    :param part: name of the sheet's part in the archive.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            looks = _looks(fromstring(archive.read(_STYLES)))
            return _by_column(archive.read(part), looks) if len(set(looks)) > 1 else {}
    except (ParseError, KeyError, ValueError, IndexError, zipfile.BadZipFile):
        return {}


def _by_column(xml: bytes, looks: Sequence[str]) -> Looks:
    found: dict[bytes, dict[str, Cells]] = {}
    for column, number, style in _CELL.findall(xml):
        row, look = int(number), looks[int(style or 0)]
        of_column = found.setdefault(column, {})
        if look in of_column:
            of_column[look].count += 1
            of_column[look].last = row
        else:
            of_column[look] = Cells(1, row, row)
    return {column_index_from_string(column.decode()): of_column for column, of_column in found.items()}


def _looks(styles: Element) -> list[str]:
    """Return the look of each style of a workbook; a blank one is the plain look."""
    fonts = [_font(node) for node in _children(styles, "fonts")]
    fills = [_fill(node) for node in _children(styles, "fills")]
    return [
        " ".join(filter(None, (fills[int(node.get("fillId", 0))], fonts[int(node.get("fontId", 0))])))
        for node in _children(styles, "cellXfs")
    ]


def _children(parent: Element, name: str) -> list[Element]:
    return next((list(node) for node in parent if _tag(node) == name), [])


def _font(node: Element) -> str:
    parts = {_tag(one): one for one in node}
    told = [
        name for name in ("b", "i", "strike") if name in parts and parts[name].get("val", "1") not in {"0", "false"}
    ]
    # Addresses are blue and underlined because they are links.
    if "u" not in parts and "color" in parts and (color := _color(parts["color"], _BLACK, _THEME_TEXT)):
        told.append(color)
    return " ".join(told)


def _fill(node: Element) -> str:
    pattern = next(iter(node), None)
    if pattern is None or _tag(pattern) != "patternFill":
        return "gradient" if pattern is not None else ""
    kind = pattern.get("patternType", "none")
    colors = [_color(one, _WHITE, _THEME_BACKGROUND) for one in pattern if _tag(one) == "fgColor"]
    if kind == "none" or (kind == "solid" and not any(colors)):
        return ""
    return f"{kind}:{''.join(colors)}"


def _color(node: Element, plain: str, plain_theme: str) -> str:
    """Return what names a colour; blank for the one that cells have by themselves."""
    if rgb := node.get("rgb"):
        return "" if rgb[-6:].upper() == plain else rgb[-6:].upper()
    if theme := node.get("theme"):
        plainly = (theme == plain_theme and not node.get("tint")) or theme in _THEME_LINK
        return "" if plainly else f"theme{theme}{node.get('tint', '')}"
    indexed = node.get("indexed", "")
    return "" if indexed in _INDEXED else indexed


def _tag(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]
