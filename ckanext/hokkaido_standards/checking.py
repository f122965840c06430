"""The whole check of a file: read, recognised, looked at by every rule, reported."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ckanext.hokkaido_standards.checks import KINDS
from ckanext.hokkaido_standards.checks.columns import said
from ckanext.hokkaido_standards.checks.registry import RULES, Look
from ckanext.hokkaido_standards.checks.unfilled import filled
from ckanext.hokkaido_standards.definitions import standards
from ckanext.hokkaido_standards.domain.finding import Finding, limited
from ckanext.hokkaido_standards.domain.recognition import Recognizer
from ckanext.hokkaido_standards.domain.region import HOKKAIDO, Box
from ckanext.hokkaido_standards.report import Report, TableSummary, in_order
from ckanext.hokkaido_standards.tables.reader import read
from ckanext.hokkaido_standards.tables.table import TableFile

__all__ = ["KINDS", "MOST", "check", "check_file", "looks", "summary"]

#: Findings of one rule in one column that are told one by one.
MOST = 100


def check(
    name: str,
    content: bytes,
    *,
    title: str = "",
    region: Box = HOKKAIDO,
    most: int | None = MOST,
    recognizer: Recognizer | None = None,
) -> Report:
    """Check a file; nothing in it raises, and nothing of it is kept.

    :param name: its name, which may tell the set where the headings do not.
    :param title: title of the data, where it is known.
    :param region: where its places are looked for.
    :param most: findings of one rule in one column that are told one by one; nothing for all.
    :param recognizer: of the sets as they hold now; of those that are shipped unless given.
    """
    return check_file(read(name, content), title=title, region=region, most=most, recognizer=recognizer)


def check_file(
    file: TableFile,
    *,
    path: str = "",
    title: str = "",
    region: Box = HOKKAIDO,
    most: int | None = MOST,
    recognizer: Recognizer | None = None,
) -> Report:
    """Check a file that was read.

    :param path: what the report calls it, its name unless told.
    """
    seen = list(looks(file, title=title, region=region, most=most, recognizer=recognizer))
    findings = [*limited(file.findings, most), *(finding for look in seen for finding in _found(look))]
    return Report(path or file.name, file.kind, file.encoding, [summary(look) for look in seen], in_order(findings))


def looks(
    file: TableFile,
    *,
    title: str = "",
    region: Box = HOKKAIDO,
    most: int | None = MOST,
    recognizer: Recognizer | None = None,
) -> Iterator[Look]:
    """Yield each table of a file with what it was recognised as."""
    knowing = recognizer or _recognizer()
    for table in file.tables:
        match = knowing.recognize(table.headings, title, file.name, table.sheet)
        records, unfilled = filled(table, match)
        yield Look(file, records, match, region, most, unfilled)


def _found(look: Look) -> Iterator[Finding]:
    for rule in RULES:
        yield from rule.check(look)


def summary(look: Look) -> TableSummary:
    """Return what a table was recognised as, and how large it is."""
    match, frame = look.match, look.table.frame
    return TableSummary(
        look.table.sheet,
        match.standard.code if match.standard else None,
        str(match.form) if match.form else None,
        match.dialect,
        match.confidence,
        frame.height,
        frame.width,
        frozenset(concept.key for concept in said(look).values()),
    )


@cache
def _recognizer() -> Recognizer:
    return Recognizer(standards().values())
