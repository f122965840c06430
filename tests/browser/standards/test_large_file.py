"""A file that is too large is told before it is sent; a large one is looked at while the form goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

HEADINGS = "全国地方公共団体コード,ID,地方公共団体名,名称,所在地_連結表記,設置位置,利用開始時間"
ROW = "011002,{number},札幌市,大通公園トイレ{number},北海道札幌市中央区大通西一丁目,東,9:00"
#: More than `check_megabytes`, so that the worker looks at it.
LARGE = 21 << 20
MOST = 200 << 20


def _sent(page: Page) -> list[str]:
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if request.method == "POST" else None)
    return found


@pytest.mark.parametrize(
    ("address", "field", "button"),
    [
        ("/dataset/new", "#field-upload", "button[value=file]"),
        ("/standards/try", "#table-upload", ".hk-upload button"),
    ],
)
def test_a_file_over_the_limit_is_told_and_never_sent(
    log_in: Any, tmp_path: Path, address: str, field: str, button: str
) -> None:
    page = log_in("shicho").page
    file = tmp_path / "大きな表.csv"
    with file.open("wb") as empty:
        empty.truncate(MOST + 1)
    sent = _sent(page)
    page.goto(address)
    page.set_input_files(field, file)
    told = page.locator(".hk-file-limit")
    told.wait_for(state="visible")
    assert "「大きな表.csv」は 200.1 MB あります" in told.inner_text()
    page.click(button)
    page.wait_for_timeout(500)
    assert (sent, page.url.endswith(address)) == ([], True)
    small = tmp_path / "小さな表.csv"
    small.write_text(f"\ufeff{HEADINGS}\r\n", encoding="utf-8")
    page.set_input_files(field, small)
    told.wait_for(state="hidden")


def test_a_large_table_is_looked_at_by_the_worker_and_told_in_the_form(log_in: Any, tmp_path: Path) -> None:
    page = log_in("shicho").page
    file = tmp_path / "public_toilet.csv"
    row = ROW.format(number=1) + "\r\n"
    file.write_text(f"\ufeff{HEADINGS}\r\n{row * (LARGE // len(row.encode()) + 1)}", encoding="utf-8")
    assert file.stat().st_size > LARGE
    page.goto("/dataset/new")
    page.set_input_files("#field-upload", file)
    box = page.locator("[data-hk-table-check]")
    box.locator(".hk-table-check-title").wait_for(timeout=90_000)
    assert "公衆トイレ" in box.inner_text()
    assert "直すところ" in box.inner_text()
