"""Workbooks for tests: made by our own writers, then changed as people and programs change them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook

from ckanext.hokkaido_inventory.domain.question_types import Choice
from ckanext.hokkaido_inventory.domain.wording import Wording
from ckanext.hokkaido_inventory.workbook.official import write_official
from ckanext.hokkaido_inventory.workbook.template import TemplateContent, write_template

ROW = {
    "number": 1,
    "title": "公共施設一覧",
    "description": "道が管理する施設の名称と所在地",
    "personal_information": "no",
    "specific_personal_information": "no",
    "sensitive_personal_information": "no",
    "anonymised_release_requested": "no",
    "harm_to_order_or_rights": "no",
    "legal_restriction": "no",
    "record_count": 1200,
}
VOCABULARIES = {
    "reasons": (
        Choice("personal", Wording("個人に関する情報", "Personal")),
        Choice("paper", Wording("紙のみ", "Paper only")),
    ),
    "frequencies": (Choice("ANNUAL", Wording("毎年", "Annual")),),
    "formats": (Choice("CSV", Wording("CSV", "CSV")),),
}


TOKENS = re.compile(r'"[^"]*"|[A-Z]+\d+|IF|AND|OR|[(),=]')


class ComputedSheet:
    """Evaluate IF, AND, OR and comparisons over the cells of one row, as a spreadsheet program does."""

    def __init__(self, cells: dict[str, str], formulas: dict[str, str]) -> None:
        self.cells = cells
        self.formulas = formulas

    def value(self, column: str) -> str:
        if column not in self.formulas:
            return self.cells[column]
        tokens = [token for token in TOKENS.findall(self.formulas[column].removeprefix("=")) if token.strip()]
        result = self._comparison(tokens)
        assert tokens == [], "the formula was not read to its end"
        return result

    def _comparison(self, tokens: list[str]):
        left = self._term(tokens)
        if tokens and tokens[0] == "=":
            tokens.pop(0)
            return left == self._term(tokens)
        return left

    def _term(self, tokens: list[str]):
        token = tokens.pop(0)
        if token in {"IF", "AND", "OR"}:
            arguments = self._arguments(tokens)
            if token == "IF":
                return arguments[1] if arguments[0] else arguments[2]
            return all(arguments) if token == "AND" else any(arguments)
        if token.startswith('"'):
            return token.strip('"')
        return self.value(token.rstrip("0123456789"))

    def _arguments(self, tokens: list[str]) -> list:
        assert tokens.pop(0) == "("
        arguments = [self._comparison(tokens)]
        while tokens.pop(0) == ",":
            arguments.append(self._comparison(tokens))
        return arguments


@pytest.fixture
def computed_sheet() -> type[ComputedSheet]:
    """Return the evaluator of formulas: `computed_sheet(cells, formulas).value(column)`."""
    return ComputedSheet


@pytest.fixture
def vocabularies() -> dict[str, tuple[Choice, ...]]:
    """Return small vocabularies of reasons, frequencies and formats."""
    return VOCABULARIES


@pytest.fixture
def official() -> Callable[..., bytes]:
    """Return a writer of workbooks of the official layout with the given rows (one plain row by default)."""
    return lambda *rows, **header: write_official(list(rows) or [ROW], header, VOCABULARIES)


@pytest.fixture
def template() -> Callable[..., bytes]:
    """Return a writer of the suite's template with the given rows (one plain row by default)."""
    return lambda *rows, **content: write_template(
        TemplateContent(rows=rows or (ROW,), vocabularies=VOCABULARIES, spare_rows=3, **content)
    )


@pytest.fixture
def changed() -> Callable[[bytes, Callable[[Workbook], None]], bytes]:
    """Return a function that opens a workbook, lets a change be made to it, and saves it again."""

    def change(content: bytes, edit: Callable[[Workbook], None]) -> bytes:
        book = load_workbook(io.BytesIO(content))
        edit(book)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return change


@pytest.fixture
def repacked() -> Callable[..., bytes]:
    """Return a function that rewrites the parts of a workbook: `{name: new bytes or function of the old}`."""

    def repack(content: bytes, parts: dict[str, bytes | Callable[[bytes], bytes]]) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                part = parts.get(entry.filename, old.read(entry))
                new.writestr(entry.filename, part(old.read(entry)) if callable(part) else part)
            for name in parts.keys() - set(old.namelist()):
                new.writestr(name, parts[name])
        return stream.getvalue()

    return repack
