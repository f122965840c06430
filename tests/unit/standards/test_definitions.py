"""The definitions of the standard data sets are whole, and say how far they are known."""

from __future__ import annotations

from collections import Counter

import pytest

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_schema.shared import vocabulary
from ckanext.hokkaido_standards.definitions import concepts, standard, standards
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
