"""What a check has found, as data: for people in their language, and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ckanext.hokkaido_schema.shared import vocabulary
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.domain.recognition import Dialect
from ckanext.hokkaido_standards.wording import officials, place_in_report, questions, sentences, weight

__all__ = ["Report", "TableSummary", "finding_dict", "in_order"]

_WRONG, _WARN = "wrong", "warn"
#: Rules without which a table is none for a machine.
_FIRST_LEVEL = "L1-"
#: What keeps records from being named, and from being linked to others.
_UNNAMED = frozenset(("row-id-blank", "row-id-double", "set-mandatory"))
_UNLINKED = frozenset(("value-code", "value-code-check", "value-code-form", "row-municipality"))
_OF_WORKBOOKS = frozenset(("L1-10", "L1-11", "L1-12", "L1-13", "L2-06"))
_OF_TEXTS = frozenset(("L1-14", "L1-15"))
#: What is not looked at in a file of each kind; of older workbooks neither objects nor formats are read.
_NOT_LOOKED_AT = {"csv": _OF_WORKBOOKS, "xlsx": _OF_TEXTS, "xls": _OF_TEXTS | {"L1-10", "L1-11"}}
_CODE = "localgov_code"
_ID = "id"


@dataclass(frozen=True, slots=True)
class TableSummary:
    """One table of a file: where it stands, what it was recognised as, how large it is."""

    sheet: str
    standard: str | None
    form: str | None
    dialect: Dialect
    confidence: float
    rows: int
    columns: int
    says: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Report:
    """What was found in one file.

    :ivar kind: `csv`, `xlsx` or `xls`; blank for a file that cannot be read.
    :ivar findings: in the order of a report.
    """

    path: str
    kind: str
    encoding: str
    tables: Sequence[TableSummary]
    findings: Sequence[Finding]

    @property
    def main(self) -> TableSummary | None:
        """Return the table that the file is about: the surest of a set, the largest of equals."""
        return max(self.tables, key=lambda one: (one.confidence, one.rows * one.columns), default=None)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """Return the number of places that each rule has found, exactly, in the order of a report."""
        counted: Counter[str] = Counter()
        for finding in self.findings:
            counted[finding.rule] += finding.count
        return counted

    @property
    def readable(self) -> bool:
        """Tell whether there is a table in the file."""
        return bool(self.tables)

    @property
    def clean(self) -> bool:
        """Tell whether nothing is to be mended or looked at."""
        return self.readable and not any(weight(rule) in {_WRONG, _WARN} for rule in self.counts)

    @cached_property
    def stars(self) -> int:
        """Return one to five stars, none for a file that cannot be read.

        After the five stars of open data: it can be read; a machine finds a table; the format is nobody's own, and the
        table keeps the first level of the machine-readability rules; its columns are those of a standard data set and
        its rows have identifiers, so that each has an address; they carry codes that link them to other data.
        """
        if self.main is None:
            return 0
        wrong = {rule for rule in self.counts if weight(rule) == _WRONG}
        steps = (
            True,
            bool(self.main.rows and self.main.columns),
            self.kind == "csv" and not any(one.startswith(_FIRST_LEVEL) for rule in wrong for one in officials(rule)),
            self.main.form is not None and _ID in self.main.says and not wrong & _UNNAMED,
            _CODE in self.main.says and not _UNLINKED & self.counts.keys(),
        )
        return next((place for place, good in enumerate(steps) if not good), len(steps))

    def by_rule(self) -> list[dict[str, Any]]:
        """Return for each machine-readability rule whether it is kept (nothing where only a person can judge)."""
        asked = {item.code for item in questions()} | _NOT_LOOKED_AT.get(self.kind, frozenset())
        broken = {one for rule in self.counts if weight(rule) in {_WRONG, _WARN} for one in officials(rule)}
        return [
            {
                "rule": item.code,
                "level": item["level"],
                "kept": False if item.code in broken else None if item.code in asked or not self.readable else True,
            }
            for item in vocabulary("readability_rules")
        ]

    def as_dict(self, language: str = "ja") -> dict[str, Any]:
        """Return the report as the command and the action give it.

        :param language: of the messages, `ja` or `en`.
        """
        main = self.main
        return {
            "path": self.path,
            "standard": main.standard if main else None,
            "dialect": str(main.dialect if main else Dialect.OTHER),
            "encoding": self.encoding,
            "rows": main.rows if main else 0,
            "columns": main.columns if main else 0,
            "score": self.stars,
            "rules": self.by_rule(),
            "counts": dict(self.counts),
            "tables": [_table(one) for one in self.tables],
            "findings": [finding_dict(one, language) for one in self.findings],
            "questions": [
                {"rule": item.code, "message": item["message"][_tongue(language)], **_why(item, language)}
                for item in questions()
            ],
        }


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings in the order of a report: by rule as the vocabulary lists them, then as they were found."""
    places = place_in_report()
    return sorted(findings, key=lambda one: places.get(one.rule, len(places)))


def _tongue(language: str) -> str:
    return "en" if language.partition("_")[0] == "en" else "ja"


def _why(item: Any, language: str) -> dict[str, str]:
    return {part: item[part][_tongue(language)] for part in ("why", "remedy")}


def _table(one: TableSummary) -> dict[str, Any]:
    return {
        "sheet": one.sheet,
        "standard": one.standard,
        "form": one.form,
        "dialect": str(one.dialect),
        "confidence": round(one.confidence, 2),
        "rows": one.rows,
        "columns": one.columns,
    }


def finding_dict(one: Finding, language: str) -> dict[str, Any]:
    """Return a finding as the command and the action give it."""
    said = sentences(one, language)
    return {
        "rule": one.rule,
        "weight": weight(one.rule),
        "sheet": one.sheet,
        "row": one.row,
        "column": one.column,
        "value": one.value,
        "message": said.message,
        "why": said.why,
        "remedy": said.remedy,
        "repairable": one.repairable,
        "count": one.count,
    }
