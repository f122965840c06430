"""When a dataset is overdue: by its frequency, with grace, and by fiscal years for what comes every year."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from ckanext.hokkaido_schema.domain.staleness import Staleness, due_on, staleness

#: Frequency, last update, due day, first day that is overdue.
DUE = [
    ("CONT", "2026-04-01", "2026-04-02", "2026-04-10"),
    ("HOURLY", "2026-04-01", "2026-04-02", "2026-04-10"),
    ("DAILY", "2026-12-31", "2027-01-01", "2027-01-09"),
    ("WEEKLY", "2026-04-01", "2026-04-08", "2026-04-16"),
    ("BIWEEKLY", "2026-04-01", "2026-04-15", "2026-04-23"),
    ("MONTHLY", "2026-01-31", "2026-02-28", "2026-03-16"),
    ("MONTHLY", "2028-01-31", "2028-02-29", "2028-03-16"),
    ("MONTHLY", "2026-12-15", "2027-01-15", "2027-01-31"),
    ("BIMONTHLY", "2026-04-10", "2026-06-10", "2026-07-01"),
    ("QUARTERLY", "2026-04-10", "2026-07-10", "2026-08-10"),
    ("ANNUAL_3", "2026-04-10", "2026-08-10", "2026-09-10"),
    ("ANNUAL_2", "2026-08-31", "2027-02-28", "2027-03-31"),
    # Every year: the end of the month of last year.
    ("ANNUAL", "2025-06-10", "2026-06-30", "2026-08-30"),
    ("ANNUAL", "2025-04-01", "2026-04-30", "2026-06-30"),
    ("ANNUAL", "2025-12-31", "2026-12-31", "2027-03-02"),
    # What came while the fiscal year was closed is due when the next one is.
    ("ANNUAL", "2026-01-05", "2027-03-31", "2027-05-31"),
    ("ANNUAL", "2026-03-31", "2027-03-31", "2027-05-31"),
    ("ANNUAL", "2028-02-29", "2029-03-31", "2029-05-31"),
    ("BIENNIAL", "2024-07-01", "2026-07-31", "2026-10-30"),
    ("TRIENNIAL", "2023-02-01", "2026-03-31", "2026-06-30"),
    ("QUADRENNIAL", "2022-10-01", "2026-10-31", "2027-01-30"),
    ("QUINQUENNIAL", "2020-10-01", "2025-10-31", "2026-01-30"),
    ("DECENNIAL", "2010-10-01", "2020-10-31", "2021-01-30"),
]


@pytest.mark.parametrize(("frequency", "updated", "due", "overdue"), DUE)
def test_a_dataset_is_overdue_after_its_day_and_the_grace(frequency: str, updated: str, due: str, overdue: str) -> None:
    last, first = date.fromisoformat(updated), date.fromisoformat(overdue)
    assert due_on(frequency, last) == date.fromisoformat(due)
    assert staleness(frequency, last, first - timedelta(days=1)) is None
    assert staleness(frequency, last, first) == Staleness(
        date.fromisoformat(due), (first - date.fromisoformat(due)).days
    )


@pytest.mark.parametrize("frequency", ["IRREG", "NEVER", "OTHER", "UNKNOWN", "", "毎年"])
def test_a_frequency_that_sets_no_day_is_never_overdue(frequency: str) -> None:
    assert staleness(frequency, date(1990, 1, 1), date(2026, 4, 1)) is None


def test_a_dataset_whose_last_update_is_unknown_is_not_overdue() -> None:
    assert staleness("DAILY", None, date(2026, 4, 1)) is None


def test_every_frequency_of_the_vocabulary_is_decided(checkout: Path) -> None:
    found = yaml.safe_load((checkout / "schemas/vocabularies/frequencies.yaml").read_text(encoding="utf-8"))["items"]
    endless = {item["code"] for item in found if due_on(item["code"], date(2026, 4, 1)) is None}
    assert endless == {"IRREG", "NEVER", "OTHER", "UNKNOWN"}
