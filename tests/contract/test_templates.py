"""Templates: nothing inline, nothing unescaped, nothing copied from the core."""

from __future__ import annotations

import re
from importlib.metadata import files
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(ROOT.glob("ckanext/hokkaido_*/templates/**/*.html"))

FORBIDDEN = {
    # A data block is no script: browsers do not run it.
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?! type=\"application/ld\+json\">)", re.IGNORECASE),
    "inline style": re.compile(r"<style|\sstyle\s*=", re.IGNORECASE),
    "inline event handler": re.compile(r"<[^>{]*\son[a-z]+\s*=", re.IGNORECASE),
    "unescaped output": re.compile(r"\|\s*safe\b"),
    "CKAN's deprecated bus": re.compile(r"\{[{%][^}]*\bc\.(?!userobj)"),
}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _core_templates() -> set[str]:
    """Return the template paths of CKAN and of the stock extensions we stand on."""
    found = set()
    for distribution in ("ckan", "ckanext-scheming", "ckanext-dcat"):
        for file in files(distribution) or []:
            parts = PurePosixPath(file).parts
            if "templates" in parts:
                found.add("/".join(parts[parts.index("templates") + 1 :]))
    return found


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_template_has_nothing_inline_or_unescaped(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


def test_a_template_at_a_core_path_extends_the_core() -> None:
    core = _core_templates()
    copied = [
        _name(path)
        for path in TEMPLATES
        if path.as_posix().split("/templates/", 1)[1] in core
        and "{% ckan_extends %}" not in path.read_text(encoding="utf-8")
    ]
    assert core, "the list of core templates is empty, so this test would prove nothing"
    assert copied == []


def test_every_form_that_posts_carries_the_token() -> None:
    form = re.compile(r"<form\b[^>]*method=[\"']post[\"'][^>]*>.*?</form>", re.IGNORECASE | re.DOTALL)
    wrong = [
        _name(path)
        for path in TEMPLATES
        for match in form.finditer(path.read_text(encoding="utf-8"))
        if "csrf_input()" not in match.group(0)
    ]
    assert wrong == []
