"""What stands in cells without being meant: control characters, line breaks, blanks for looks, signs for "the same"."""

from __future__ import annotations

import re
from collections.abc import Callable

import polars as pl

from ckanext.hokkaido_standards.checks.columns import free
from ckanext.hokkaido_standards.checks.omitted import DITTO
from ckanext.hokkaido_standards.checks.texts import SPACED_HEADING
from ckanext.hokkaido_standards.repair.draft import Draft
from ckanext.hokkaido_standards.repair.registry import REPAIRERS
from ckanext.hokkaido_standards.values import VALUES

__all__ = ["Controls", "Ditto", "LineBreaks", "Spacing", "plain_heading"]

_CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f]"
_LINE_BREAK = r"[ 　\t]*[\r\n][\s]*"
_BLANKS = r"[ 　\t]{2,}"
_OUTER = r"^\s|\s$"
_WIDE = re.compile(r"[^\x00-\x7f]")


def plain_heading(heading: str) -> str:
    """Return a heading without blanks for looks: none where it is in Japanese, one between words of Latin letters."""
    if not SPACED_HEADING.search(heading):
        return heading
    return re.sub(r"\s+", "" if _WIDE.search(heading) else " ", heading.strip())


class Controls:
    """Control characters, which nobody sees."""

    code = "file-control"
    also = ()

    def repair(self, draft: Draft) -> None:
        for place, heading in enumerate(draft.headings):
            if re.search(_CONTROL, heading):
                draft.rename(self.code, place, re.sub(_CONTROL, "", heading))
        _each(draft, self.code, _CONTROL, lambda text: re.sub(_CONTROL, "", text))


class LineBreaks:
    """Line breaks in cells: a record is one line, so a blank takes their place."""

    code = "L1-14"
    also = ()

    def repair(self, draft: Draft) -> None:
        _each(draft, self.code, r"[\r\n]", _on_one_line)


class Spacing:
    """Blanks around values, and blanks for looks in headings."""

    code = "L1-06"
    also = ()

    def repair(self, draft: Draft) -> None:
        for place, heading in enumerate(draft.headings):
            better = plain_heading(heading)
            if better != heading and better and draft.free_heading(better, place):
                draft.rename(self.code, place, better)
        _each(draft, self.code, _OUTER, str.strip)


class Ditto:
    """Signs that say "the same as above", where there is something above."""

    code = "L2-02"
    also = ()

    def repair(self, draft: Draft) -> None:
        for place in free(draft.look(), VALUES):
            column = draft.frame[str(place)]
            signs = column.is_in(DITTO)
            if not signs.any():
                continue
            above = pl.select(pl.when(signs).then(None).otherwise(column).alias("0"))["0"].forward_fill()
            known = {index: above[index] for index in signs.arg_true() if (above[index] or "").strip()}
            draft.put(self.code, place, known)


def _on_one_line(text: str) -> str:
    """Return a text without line breaks, nor the runs of blanks by which its lines were laid out."""
    return re.sub(_BLANKS, " ", re.sub(_LINE_BREAK, " ", text.strip()))


def _each(draft: Draft, rule: str, pattern: str, mended: Callable[[str], str]) -> None:
    """Mend the cells that a pattern fits, each different text once."""
    masks = draft.frame.select(pl.all().str.contains(pattern))
    for place in range(draft.frame.width):
        mask = masks[str(place)]
        if mask.any():
            wrong = draft.frame[str(place)].filter(mask).unique()
            better = {text: (rule, mended(text)) for text in wrong}
            draft.replace_values(place, {text: told for text, told in better.items() if told[1] != text})


for _repairer in (Controls(), LineBreaks(), Ditto(), Spacing()):
    REPAIRERS.add(_repairer.code, _repairer)
