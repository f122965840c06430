"""Files are put in order with the keyboard alone; what happened is read out, and the focus stays with the file."""

from __future__ import annotations

import pytest

ORDER = "[...document.querySelectorAll('.hk-order-item')].map((one) => one.dataset.hkName)"
FOCUS = "[document.activeElement.closest('li')?.dataset.hkName, document.activeElement.dataset.hkMove]"
CREATE = """([unit, names]) => {
  const name = document.querySelector("meta[name=csrf_field_name]").content;
  const token = document.querySelector(`meta[name="${name}"]`).content;
  const resources = names.map((one) => ({ url: `https://example.lg.jp/${one}.csv`, name: one, format: "CSV" }));
  const words = { title: "並べ替え", notes: "説明", license_id: "CC-BY-4.0" };
  const body = JSON.stringify({ ...words, owner_org: unit, private: true, resources });
  return fetch("/api/3/action/package_create", {
    method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body,
  }).then((answer) => answer.json()).then((answer) => answer.result.name);
}"""


@pytest.fixture
def page(log_in):
    """Return the page of three files, as an editor has it."""
    editor = log_in("kaito")
    editor.page.goto("/about")
    name = editor.page.evaluate(CREATE, ["kensetsu-seisaku-ka", ["春", "夏", "秋"]])
    editor.page.goto(f"/dataset/resources/{name}")
    return editor.page


def test_files_are_ordered_with_the_keyboard_alone(page, photograph) -> None:
    page.get_by_role("button", name="上へ – 秋").focus()
    page.keyboard.press("Enter")
    assert page.evaluate(ORDER) == ["春", "秋", "夏"]
    assert page.inner_text("[role=status]#hk-order-status") == "「秋」は3件中2番目になりました。まだ保存していません。"
    assert page.evaluate(FOCUS) == ["秋", "up"]
    page.keyboard.press("Space")
    assert page.evaluate(ORDER) == ["秋", "春", "夏"]
    # There it cannot go further up, so the other button of the same file has the focus.
    assert page.evaluate(FOCUS) == ["秋", "down"]
    photograph(page, "file-order")
    page.get_by_role("button", name="並び順を保存").press("Enter")
    page.wait_for_selector("text=ファイルの並び順を保存しました。")
    page.reload()
    assert page.evaluate(ORDER) == ["秋", "春", "夏"]


def test_one_click_moves_a_file_and_dragging_still_does(page) -> None:
    page.get_by_role("button", name="下へ – 春").click()
    assert page.evaluate(ORDER) == ["夏", "春", "秋"]
    box = page.locator(".hk-order-item").nth(2).bounding_box()
    top = page.locator(".hk-order-item").nth(0).bounding_box()
    page.mouse.move(box["x"] + 8, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(top["x"] + 8, top["y"] + 4, steps=10)
    page.mouse.up()
    assert page.evaluate(ORDER) == ["秋", "夏", "春"]
    assert page.inner_text("#hk-order-status").startswith("「秋」は3件中1番目")


def test_without_a_script_the_buttons_work_as_well(page, browser, portal_url) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=portal_url, locale="ja-JP")
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(page.url)
    plain.get_by_role("button", name="上へ – 夏").click()
    names = [one.strip() for one in plain.locator(".hk-order-name").all_inner_texts()]
    assert names == ["夏", "春", "秋"]
    plain.get_by_role("button", name="並び順を保存").click()
    plain.wait_for_load_state("load")
    names = [one.strip() for one in plain.locator(".hk-order-name").all_inner_texts()]
    assert names == ["夏", "春", "秋"]
    context.close()
