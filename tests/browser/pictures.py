"""Make the pictures of docs/pictures anew, from a running portal with its sample: `bin/portal pictures [--all FOLDER]`.

With `--all` every page of pictures.yaml is taken at both widths and in full length, for looking at them; without it the
few that docs/pages.md shows.
"""

from __future__ import annotations

import argparse
import base64
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parents[1] / "docs" / "pictures"
TOILETS = HERE / "toilets.csv"
PAGES = yaml.safe_load((HERE / "pictures.yaml").read_text(encoding="utf-8"))
WIDTHS = {"phone": 390, "desktop": 1280}
HEIGHTS = {"phone": 844, "desktop": 900}
#: No picture of the documents is larger, in bytes; its quality gives way first.
MOST_BYTES = 150_000
#: What Chromium takes in one picture, in CSS pixels.
LONGEST = 8000
UNIT = "kensetsu-seisaku-ka"
TOWN = "tobetsu-cho"
CALL = (HERE / "call_action.js").read_text(encoding="utf-8")
READY = "() => document.documentElement.dataset.hkMended !== undefined"


class Windows:
    """A window for each person, opened once."""

    def __init__(self, browser: Browser, address: str, password: str) -> None:
        self._browser, self._address, self._password = browser, address, password
        self._pages: dict[str, Page] = {}

    def of(self, name: str = "") -> Page:
        """Return the window of a sample account, or of somebody who is not logged in."""
        if name not in self._pages:
            context = self._browser.new_context(locale="ja-JP", base_url=self._address, reduced_motion="reduce")
            context.set_default_timeout(30_000)
            page = self._pages[name] = context.new_page()
            page.goto("/user/login")
            if name:
                page.fill("#field-login", name)
                page.fill("#field-password", self._password)
                page.click(".form-actions button")
                page.wait_for_load_state("load")
        return self._pages[name]

    def call(self, who: str, action: str, **data: Any) -> Any:
        """Call an action as somebody."""
        answer = self.of(who).evaluate(CALL, [action, data])
        if not answer["success"]:
            sys.exit(f"{action}: {answer['error']}")
        return answer["result"]


def facts(windows: Windows) -> dict[str, str]:
    """Return what stands in the braces of pictures.yaml; a round of the survey is opened for it where there is none."""
    files = windows.call("", "package_search", fq="+res_format:GeoJSON +res_format:CSV", rows=1)["results"][0]
    series = windows.call("", "package_search", fq="dataset_type:dataset_series", rows=1)["results"][0]
    members = windows.call("", "package_search", fq=f"in_series:{series['id']}", rows=2)["results"]
    known = {"dataset": files["name"], "series": series["name"], "unit": UNIT, "town": TOWN}
    known |= {f"{one['format'].lower()}_file": one["id"] for one in files["resources"]}
    known |= {f"member_{number}": one["name"] for number, one in enumerate(members)}
    return known | _own(windows) | _table(windows) | _record(windows) | _round(windows)


def _own(windows: Windows) -> dict[str, str]:
    """Make what the sample has none of: a draft, a restricted dataset, a map with lines and areas."""
    there = windows.call("admin", "package_search", q="name:gazo-*", include_private=True, include_drafts=True)
    known = {one["name"]: one for one in there["results"]}
    base = {"license_id": "CC-BY-4.0", "notes": "画面の見本のためのデータです。", "private": False}
    if "gazo-shitagaki" not in known:
        windows.call("shicho", "package_create", name="gazo-shitagaki", title="当別町 防災備蓄品一覧", owner_org=TOWN,
                     state="draft", **base | {"private": True})  # fmt: skip
    if "gazo-jouken" not in known:
        closed = {"access_rights": "RESTRICTED", "access_conditions": "研究目的の方に、申請を受けて提供します。"}
        windows.call("admin", "package_create", name="gazo-jouken", title="橋りょう点検調書（条件付き）",
                     owner_org=UNIT, **base, **closed)  # fmt: skip
        _upload(windows, "gazo-jouken", "bridges.csv", "番号,名称\n1,大橋\n")
    if "gazo-kuiki" not in known:
        windows.call("admin", "package_create", name="gazo-kuiki", title="公園と遊歩道の区域", owner_org=UNIT, **base)
        _upload(windows, "gazo-kuiki", "parks.geojson", (HERE / "parks.geojson").read_text(encoding="utf-8"))
    found = windows.call("", "package_show", id="gazo-kuiki")
    closed = windows.call("", "package_show", id="gazo-jouken")
    return {
        "draft": "gazo-shitagaki",
        "restricted": "gazo-jouken",
        "restricted_file": closed["resources"][0]["id"],
        "areas": "gazo-kuiki",
        "areas_file": found["resources"][0]["id"],
    }


def _table(windows: Windows) -> dict[str, str]:
    """Make a dataset whose table has faults, and wait until it is checked."""
    name, there = "gazo-hyou", windows.call("admin", "package_search", q="name:gazo-hyou", include_private=True)
    if not there["count"]:
        base = {"license_id": "CC-BY-4.0", "notes": "町内の公衆トイレの場所です。", "private": False}
        windows.call("admin", "package_create", name=name, title="公衆トイレ一覧", owner_org=TOWN, **base)
        _upload(windows, name, "toilets.csv", TOILETS.read_text(encoding="utf-8"))
    file = windows.call("admin", "package_show", id=name)["resources"][0]["id"]
    for _second in range(60):
        if windows.call("admin", "hokkaido_table_report_show", id=file, brief=True)["state"] == "checked":
            return {"toilets": name, "toilets_file": file}
        time.sleep(1)
    sys.exit("the table of gazo-hyou was not checked within a minute: look at the worker")


def _record(windows: Windows) -> dict[str, str]:
    """Return where the first record of the one table of public toilets is shown, once the worker has joined it."""
    for _second in range(60):
        if rows := windows.call("", "hokkaido_combined_search", id="13", limit=1)["rows"]:
            return {"record": urlsplit(rows[0]["_iri"]).path}
        time.sleep(1)
    sys.exit("the table of gazo-hyou was not joined within a minute: look at the worker")


def _upload(windows: Windows, dataset: str, filename: str, text: str) -> None:
    page = windows.of("admin")
    token = page.evaluate("document.querySelector('meta[name=_csrf_token]').content")
    answer = page.request.post(
        "/api/3/action/resource_create",
        headers={"X-CSRFToken": token},
        multipart={
            "package_id": dataset,
            "name": filename,
            "upload": {"name": filename, "mimeType": "application/octet-stream", "buffer": text.encode()},
        },
    )
    if not answer.ok:
        sys.exit(answer.text())


def _round(windows: Windows) -> dict[str, str]:
    title = "保有データ棚卸し調査（画面の見本）"
    there = [one for one in windows.call("chosa", "hokkaido_survey_list") if one["title"] == title]
    if there:
        survey = there[0]["id"]
    else:
        deadline = (date.today() + timedelta(days=30)).isoformat()  # noqa: DTZ011 - any day that is far enough away.
        survey = windows.call(
            "chosa", "hokkaido_survey_create", title=title, fiscal_year=2026, deadline=deadline, units=[UNIT], open=True
        )["id"]
        rows = [
            {"title": name, "description": f"{name}の一覧です。"}
            for name in ("道路台帳", "橋りょう点検結果", "除雪路線")
        ]
        windows.call("kaito", "hokkaido_answer_bulk_update", survey=survey, unit=UNIT, rows=rows)
    return {"survey": survey}


def take(windows: Windows, entry: dict[str, Any], known: dict[str, str], width: str, *, whole: bool) -> bytes:
    """Return a picture (WebP) of a page at a width."""
    page = windows.of(entry.get("as", ""))
    page.set_viewport_size({"width": WIDTHS[width], "height": HEIGHTS[width]})
    address = entry["page"].format_map(known)
    page.goto(f"/{entry['in']}{address}" if "in" in entry else address)
    if "choose" in entry:
        page.set_input_files(entry["choose"], TOILETS)
    for selector in entry.get("click", ()):
        page.click(selector)
        page.wait_for_load_state("load")
    page.wait_for_function(READY)
    if "wait" in entry:
        page.wait_for_selector(entry["wait"])
    page.evaluate("document.fonts.ready")
    if "at" in entry and not whole:
        page.locator(entry["at"]).first.evaluate("(node) => node.scrollIntoView({block: 'start'})")
    return _webp(page, whole=whole)


def _webp(page: Page, *, whole: bool) -> bytes:
    session = page.context.new_cdp_session(page)
    size = page.evaluate("[document.documentElement.scrollHeight, innerWidth]")
    clip = {"x": 0, "y": 0, "width": size[1], "height": min(size[0], LONGEST), "scale": 1}
    for quality in (85, 70, 50, 30):
        asked: dict[str, Any] = {"format": "webp", "quality": quality}
        if whole:
            asked |= {"clip": clip, "captureBeyondViewport": True}
        taken = base64.b64decode(session.send("Page.captureScreenshot", asked)["data"])
        if whole or len(taken) <= MOST_BYTES:
            break
    session.detach()
    return taken


@contextmanager
def windows_of(address: str, password: str) -> Iterator[Windows]:
    """Start Chromium and give its windows."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("HOKKAIDO_CHROMIUM") or "/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--lang=ja-JP", "--hide-scrollbars"],
            env={**os.environ, "LANGUAGE": "ja"},
        )
        yield Windows(browser, address, password)
        browser.close()


def main() -> int:
    """Take the pictures; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every page at both widths, into this folder")
    parser.add_argument("--only", default="", help="names of pages, with commas")
    asked = parser.parse_args()
    folder = asked.all or PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    only = set(filter(None, asked.only.split(",")))
    failed = 0
    with windows_of(os.environ["HOKKAIDO_PORTAL_URL"], os.environ["HOKKAIDO_SAMPLE_PASSWORD"]) as windows:
        known = facts(windows)
        for entry in PAGES:
            if only and entry["name"] not in only:
                continue
            for width in WIDTHS if asked.all else entry.get("shown", ()):
                try:
                    taken = take(windows, entry, known, width, whole=bool(asked.all))
                except (KeyError, RuntimeError) as error:
                    failed += 1
                    print(f"{entry['name']}: {error}", file=sys.stderr)
                    continue
                (folder / f"{entry['name']}-{width}.webp").write_bytes(taken)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
