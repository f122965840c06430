"""A report as it is stored: in no language, so that each reader gets it in their own."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.domain.recognition import Dialect
from ckanext.hokkaido_standards.report import Report, TableSummary

__all__ = ["restored", "stored"]


def stored(report: Report) -> dict[str, Any]:
    """Return a report as a JSON object."""
    return {
        "path": report.path,
        "kind": report.kind,
        "encoding": report.encoding,
        "tables": [asdict(one) | {"says": sorted(one.says)} for one in report.tables],
        "findings": [asdict(one) | {"params": dict(one.params)} for one in report.findings],
    }


def restored(told: dict[str, Any]) -> Report:
    """Return the report that was stored."""
    tables = [
        TableSummary(**(one | {"dialect": Dialect(one["dialect"]), "says": frozenset(one["says"])}))
        for one in told["tables"]
    ]
    findings = [Finding(**one) for one in told["findings"]]
    return Report(told["path"], told["kind"], told["encoding"], tables, findings)
