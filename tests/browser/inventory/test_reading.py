"""Pages fit narrow screens, have one heading, speak Japanese, and work with the keyboard (AX-01)."""

from __future__ import annotations

from typing import Any

import pytest

PUBLIC = ["/", "/inventory", "/dataset/", "/organization/", "/about", "/user/login", "/no-such-page"]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_fits_320_pixels(new_context: Any, address: str) -> None:
    page = new_context(width=320, height=640).new_page()
    page.goto(address)
    assert page.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize("address", ["/survey", "/survey/new"])
def test_a_page_of_the_office_fits_320_pixels(log_in: Any, address: str) -> None:
    office = log_in("chosa")
    office.page.set_viewport_size({"width": 320, "height": 640})
    office.page.goto(address)
    assert office.page.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_is_in_japanese_with_one_main_heading(new_context: Any, address: str) -> None:
    page = new_context().new_page()
    page.goto(address)
    assert page.get_attribute("html", "lang") == "ja"
    assert page.locator("h1:visible").count() == 1


def test_the_first_tab_leads_to_the_content(new_context: Any) -> None:
    page = new_context().new_page()
    page.goto("/inventory")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"


def test_people_of_an_office_land_on_what_is_theirs_to_do(log_in: Any) -> None:
    assert log_in("kaito").page.url.endswith("/survey")


def test_a_citizen_lands_on_the_dashboard(log_in: Any) -> None:
    assert "/dashboard" in log_in("kenmin").page.url


@pytest.fixture
def answer_form(log_in: Any) -> Any:
    """Open the form of a new row of the respondent's unit, in a round of its own."""
    office, respondent = log_in("chosa"), log_in("kaito")
    office.follow("新しい調査")
    office.press("作成して開始する")
    respondent.page.goto(f"{office.page.url}/unit/kensetsu-seisaku-ka")
    respondent.follow("1件追加")
    return respondent.page


def test_only_the_questions_that_apply_are_shown(answer_form: Any) -> None:
    kinds = answer_form.locator("[data-question=specific_personal_information]")
    assert kinds.is_visible()
    answer_form.locator("input[name=personal_information][value=no]").check()
    assert not kinds.is_visible()


def test_an_answer_in_doubt_brings_the_questions_back(answer_form: Any) -> None:
    answer_form.locator("input[name=personal_information][value=no]").check()
    answer_form.locator("input[name=personal_information][value=unclear]").check()
    assert answer_form.locator("[data-question=specific_personal_information]").is_visible()


def test_a_row_that_cannot_be_opened_is_asked_for_its_reason(answer_form: Any) -> None:
    assert not answer_form.locator("#field-reason").is_visible()
    answer_form.locator("input[name=harm_to_order_or_rights][value=yes]").check()
    assert answer_form.locator("#field-reason").is_visible()
