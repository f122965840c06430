"""The definitions of the standard data sets are whole, and say how far they are known."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_schema.shared import vocabulary
from ckanext.hokkaido_standards.definitions import column_types, concepts, standard, standards
from ckanext.hokkaido_standards.domain.definition import Form, Obligation, Proof


def test_every_set_of_the_vocabulary_has_a_definition() -> None:
    assert list(standards()) == [item.code for item in vocabulary("standard_datasets")]
    assert len(standards()) == 27


def test_digits_that_no_set_has_are_no_set() -> None:
    assert standard("18") is None


@pytest.mark.parametrize("code", list(standards()))
def test_a_form_says_nothing_twice_and_names_its_proof(code: str) -> None:
    found = standards()[code]
    for form, columns in found.forms.items():
        for names in ([column.concept.key for column in columns], [comparison_key(one.heading) for one in columns]):
            assert [name for name, count in Counter(names).items() if count > 1] == []
        # Two forms come with another: what is told of the main one holds for them.
        assert form in {Form.METADATA, Form.CIVIC} or found.proofs[form] != Proof.NONE
    for form, proof in found.proofs.items():
        assert (proof == Proof.NONE) == (form not in found.forms)


def test_no_obligation_is_made_up() -> None:
    stated = {
        code
        for code, found in standards().items()
        for columns in found.forms.values()
        if any(column.obligation != Obligation.UNKNOWN for column in columns)
    }
    assert stated == {code for code, found in standards().items() if found.obligations} == {"13"}


def test_every_column_is_used_and_named_in_both_languages() -> None:
    used = {
        column.concept.key for found in standards().values() for columns in found.forms.values() for column in columns
    }
    assert set(concepts()) == used
    assert all(one.ja and one.en for one in concepts().values())


def test_every_kind_of_value_is_described_and_used() -> None:
    assert {one.type for one in concepts().values()} == set(column_types())
    assert all(set(one.how) == {"ja", "en"} for one in column_types().values())


def test_a_set_that_is_known_in_part_or_not_at_all_says_so() -> None:
    vague = {
        code
        for code, found in standards().items()
        if found.proofs.get(Form.CURRENT, Proof.NONE) in {Proof.PART, Proof.NONE}
    }
    assert vague == {"02", "15", "16", "22", "27", "30", "31"}
    assert [code for code in vague if not standards()[code].about] == []
    assert all(set(found.about) in ({"ja", "en"}, set()) for found in standards().values())


def test_physical_names_are_those_of_the_official_sheet_alone() -> None:
    named = {
        code for code, found in standards().items() for form in found.forms.values() for one in form if one.physical
    }
    assert named == {"13"}
    assert all(column.physical for column in standards()["13"].forms[Form.CURRENT])


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("choaza_id", "choaza_id"),
        ("slopes_lifts", "text"),
        ("wheelchair_access", "mark"),
        ("wheelchair_wc", "presence"),
    ],
)
def test_kinds_follow_what_files_hold(key: str, kind: str) -> None:
    assert concepts()[key].type == kind


def test_headings_of_real_files_that_deviate_are_known(shared_dir: Path) -> None:
    read = json.loads((shared_dir / "reference" / "ods_headers_from_corpus.json").read_text(encoding="utf-8"))
    lost = {}
    for name, told in read.items():
        code, form = name.split("_", 1)
        # 17 is two files, and the commonest heading is that of the second.
        known = standards()[code].forms[Form.METADATA if name == "17_current" else Form(form)]
        names = {
            comparison_key(one)
            for column in known
            for one in (column.heading, column.concept.ja, *column.concept.also, *column.concept.english)
        }
        missing = [heading for heading in told["columns"] if heading and comparison_key(heading) not in names]
        lost |= {name: missing} if missing else {}
    assert lost == {}


def test_headings_that_suggest_a_set_are_headings_of_it() -> None:
    strange = {}
    for code, found in standards().items():
        columns = [column for form in found.forms.values() for column in form]
        names = {
            comparison_key(one)
            for column in columns
            for one in (
                column.heading,
                column.heading.removeprefix(f"{found.prefix}_"),
                column.concept.ja,
                *column.concept.also,
            )
        }
        wrong = [heading for heading in found.signature if comparison_key(heading) not in names]
        strange |= {code: wrong} if columns and wrong else {}
    assert strange == {}
