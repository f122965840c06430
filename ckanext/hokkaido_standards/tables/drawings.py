"""What lies on the sheets of a workbook beside its cells (pictures, charts, shapes, comments), from its archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from posixpath import basename, dirname, join, normpath
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import ParseError, fromstring
from openpyxl.utils.cell import coordinate_to_tuple

__all__ = ["COMMENT", "Object", "drawn_on"]

#: Row, column (from 1) and kind of an object; of a comment, what it says follows its kind.
Object = tuple[int, int, str]
COMMENT = "comment:"

_ANCHORS = {"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"}
_KINDS = {"pic": "picture", "graphicFrame": "chart", "sp": "shape", "grpSp": "shape", "cxnSp": "shape"}


def drawn_on(content: bytes, part: str) -> tuple[Object, ...]:
    """Return the objects on a sheet; none where its drawing cannot be read.

    :param content: a workbook that the guard has taken.
    :param part: name of the sheet's part in the archive.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return tuple(_objects(archive, part))
    except (ParseError, KeyError, ValueError, zipfile.BadZipFile):
        return ()


def _objects(archive: zipfile.ZipFile, part: str) -> Iterator[Object]:
    relations = join(dirname(part), "_rels", f"{basename(part)}.rels")
    names = {name.casefold(): name for name in archive.namelist()}
    if relations.casefold() not in names:
        return
    for relation in fromstring(archive.read(names[relations.casefold()])):
        kind = relation.get("Type", "").rpartition("/")[2]
        if kind not in {"drawing", "comments"}:
            continue
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
        root = fromstring(archive.read(names[path.casefold()]))
        if kind == "comments":
            yield from _comments(root)
            continue
        for anchor in root:
            if _tag(anchor) in _ANCHORS:
                yield from _of_anchor(anchor)


def _comments(root: Element) -> Iterator[Object]:
    for node in root.iter():
        if _tag(node) == "comment":
            row, column = coordinate_to_tuple(node.get("ref", "A1"))
            text = "".join(one.text or "" for one in node.iter() if _tag(one) == "t")
            yield row, column, COMMENT + " ".join(text.split())


def _of_anchor(anchor: Element) -> Iterator[Object]:
    corner = next((node for node in anchor if _tag(node) == "from"), None)
    place = {_tag(node): int(node.text or 0) + 1 for node in corner or () if _tag(node) in {"row", "col"}}
    kinds = {_tag(node) for node in anchor.iter()} & _KINDS.keys()
    if kinds:
        # A chart is a frame, and shapes may be drawn in it.
        kind = next(kind for tag, kind in _KINDS.items() if tag in kinds)
        yield place.get("row", 1), place.get("col", 1), kind


def _tag(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]
