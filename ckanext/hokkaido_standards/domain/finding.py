"""What is found wrong with a table: the rule, the place, the value, and the numbers of its sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

__all__ = ["Finding", "limited"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; rule and parameters make its sentences, in the language of whoever reads it.

    :ivar rule: code of the rule (vocabulary `table_rules`).
    :ivar sheet: name of the sheet, blank in a text file.
    :ivar row: number of the row as a spreadsheet shows it, from 1; nothing where it is about a column or the file.
    :ivar column: heading of the column, blank where it is about rows or the file.
    :ivar place: number of the column, from 1.
    :ivar value: what stands there, shortened.
    :ivar params: values for the sentences of the rule.
    :ivar repairable: whether `repair` mends it.
    :ivar count: how many places the finding stands for: the first is told, where a rule has found too many to list.
    """

    rule: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    place: int | None = None
    value: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)
    repairable: bool = False
    count: int = 1


def limited(findings: Iterable[Finding], most: int | None) -> Iterator[Finding]:
    """Yield the first findings of each rule in each column of a sheet; one more then stands for all others of them.

    :param most: how many are told one by one; nothing for all. Findings are not kept, so there may be millions.
    """
    if most is None:
        yield from findings
        return
    told: Counter[tuple[str, str, str, int | None]] = Counter()
    others: dict[tuple[str, str, str, int | None], Finding] = {}
    for finding in findings:
        key = (finding.rule, finding.sheet, finding.column, finding.place)
        told[key] += 1
        if told[key] <= most:
            yield finding
        elif key in others:
            others[key] = replace(others[key], count=others[key].count + finding.count)
        else:
            others[key] = finding
    yield from others.values()
