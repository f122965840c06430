"""The counts that the database keeps of each response: exact after every way of writing rows."""

from __future__ import annotations

import io
import itertools
import json

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.hokkaido_inventory.domain.disclosure import decide
from ckanext.hokkaido_inventory.domain.questions import DISCLOSURE_KEYS
from ckanext.hokkaido_inventory.model import Answer, Response, Tally
from ckanext.hokkaido_inventory.service import tally

TRIGGERS = {f"hokkaido_inventory_tally_{name}" for name in ("added", "changed", "deleted", "emptied")}


@pytest.fixture
def counts():
    """Return the tally of the one response of a survey, as a dictionary of what is not nought."""

    def read(survey):
        model.Session.rollback()
        found = model.Session.execute(
            sa.select(Tally).join(Response, Response.id == Tally.response_id).where(Response.survey_id == survey["id"])
        ).scalar_one_or_none()
        return {name: getattr(found, name) for name in tally.COLUMNS if getattr(found, name)} if found else {}

    return read


def test_the_decision_in_sql_is_the_decision_in_python_for_all_4096_combinations():
    values = (None, "yes", "no", "unclear")
    rows = [dict(zip(DISCLOSURE_KEYS, row, strict=True)) for row in itertools.product(values, repeat=6)]
    found = model.Session.execute(
        sa.text(
            "SELECT hokkaido_inventory_decision(value) FROM jsonb_array_elements(CAST(:rows AS jsonb))"
            " WITH ORDINALITY AS row(value, place) ORDER BY place"
        ),
        {"rows": json.dumps(rows)},
    ).scalars()
    assert list(found) == [decide(row) for row in rows]
    blank = model.Session.scalar(sa.text("""SELECT hokkaido_inventory_decision('{"legal_restriction": ""}')"""))
    assert blank == decide({"legal_restriction": ""})


def test_the_triggers_of_the_tally_are_there():
    found = model.Session.execute(
        sa.text("SELECT tgname FROM pg_trigger WHERE tgrelid = 'hokkaido_inventory_answer'::regclass AND tgenabled='O'")
    ).scalars()
    assert set(found) >= TRIGGERS


def test_counts_follow_actions_raw_sql_copy_and_truncation(house, counts):
    """PF-01: counts are read, not made anew, and raw SQL and COPY cannot put them wrong."""
    survey, session = house.open_survey(), model.Session
    assert counts(survey) == {}
    first = house.answer(survey)
    house.answer(survey, "二", legal_restriction="unclear")
    assert counts(survey) == {"rows": 2, "new": 2, "open": 1, "unclear": 1}
    where = {"survey": survey["id"], "unit": "kasen-ka", "id": first["id"], "version": first["version"]}
    house.respondent("hokkaido_answer_update", **where, harm_to_order_or_rights="yes")
    assert counts(survey) == {"rows": 2, "new": 2, "closed": 1, "unclear": 1}

    session.execute(sa.text("UPDATE hokkaido_inventory_answer SET change = 'gone', answers = '{}' WHERE title = '二'"))
    session.commit()
    assert counts(survey) == {"rows": 2, "new": 1, "gone": 1, "closed": 1}
    _copy_answers(first["id"], 3)
    assert counts(survey) == {"rows": 5, "new": 4, "gone": 1, "closed": 4}
    assert tally.drift(session()) == []

    session.execute(sa.delete(Answer).where(Answer.title != "二"))
    session.commit()
    assert counts(survey) == {"rows": 1, "gone": 1}
    session.execute(sa.text("TRUNCATE hokkaido_inventory_answer CASCADE"))
    session.commit()
    assert counts(survey) == {}


def test_a_tally_that_was_tampered_with_is_found_and_mended(house, counts):
    survey, session = house.open_survey(), model.Session
    house.answer(survey)
    session.execute(sa.update(Tally).values(rows=9))
    session.commit()
    assert [(one.column, one.kept, one.counted) for one in tally.drift(session())] == [("rows", 9, 1)]
    tally.rebuild(session())
    session.commit()
    assert tally.drift(session()) == []
    assert counts(survey)["rows"] == 1


def test_another_person_never_sees_half_an_import_counted(house, counts):
    """CC-08: what a transaction has written so far is counted for nobody else, and all of it at once when it ends."""
    survey = house.open_survey()
    row = house.answer(survey)
    with model.meta.engine.connect() as other, other.begin() as work:
        _multiply(other, row["id"], 250)
        inside = other.execute(sa.text("SELECT rows FROM hokkaido_inventory_tally")).scalar_one()
        assert (inside, counts(survey)["rows"]) == (251, 1)
        assert house.office("hokkaido_survey_show", id=survey["id"])["counts"]["rows"] == 1
        _multiply(other, row["id"], 249)
        work.commit()
    assert counts(survey)["rows"] == 500
    assert house.office("hokkaido_survey_show", id=survey["id"])["counts"]["rows"] == 500


def test_rows_of_many_responses_moved_at_once_are_counted_where_they_are(house):
    """CC-07: one statement that touches several tallies takes them in one order."""
    survey = house.open_survey("kasen-ka", "doro-ka")
    house.answer(survey)
    house.answer(survey, "二")
    session = model.Session
    target = next(one["id"] for one in survey["responses"] if one["unit"]["name"] == "doro-ka")
    session.execute(sa.update(Answer).where(Answer.title == "二").values(response_id=target))
    session.commit()
    assert {
        one["unit"]["name"]: one["rows"] for one in house.office("hokkaido_response_list", survey=survey["id"])
    } == {
        "kasen-ka": 1,
        "doro-ka": 1,
    }
    assert tally.drift(session()) == []


def _multiply(connection, answer_id, times):
    """Add copies of a row, each of a holding of its own, by raw SQL."""
    connection.execute(
        sa.text(
            "WITH made AS (INSERT INTO hokkaido_inventory_holding (id, unit_id, number, created_at)"
            " SELECT gen_random_uuid()::text, h.unit_id,"
            " (SELECT max(number) FROM hokkaido_inventory_holding) + n, now()"
            " FROM hokkaido_inventory_holding h JOIN hokkaido_inventory_answer a ON a.holding_id = h.id"
            " CROSS JOIN generate_series(1, :times) AS n WHERE a.id = :id RETURNING id)"
            " INSERT INTO hokkaido_inventory_answer (id, response_id, holding_id, title, description, answers, by_rule,"
            " change, version, created_at, updated_at)"
            " SELECT gen_random_uuid()::text, a.response_id, made.id, a.title, a.description, a.answers, a.by_rule,"
            " a.change, 1, now(), now() FROM hokkaido_inventory_answer a CROSS JOIN made WHERE a.id = :id"
        ),
        {"id": answer_id, "times": times},
    )


def _copy_answers(answer_id, times):
    """Add copies of a row with COPY, which fires the triggers of statements too."""
    connection = model.Session.connection().connection
    session = model.Session
    row = session.get(Answer, answer_id)
    lines = []
    for number in range(times):
        session.execute(
            sa.text(
                "INSERT INTO hokkaido_inventory_holding (id, unit_id, number, created_at)"
                " SELECT :new, unit_id, :number, now() FROM hokkaido_inventory_holding WHERE id = :old"
            ),
            {"new": f"copy-{number}", "old": row.holding_id, "number": 100 + number},
        )
        values = (f"copy-{number}", row.response_id, f"copy-{number}", "写し", "", json.dumps(row.answers), "[]", "new")
        lines.append("\t".join(values) + "\t1\t2026-11-25\t2026-11-25\n")
    columns = (
        "id, response_id, holding_id, title, description, answers, by_rule, change, version, created_at, updated_at"
    )
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY hokkaido_inventory_answer ({columns}) FROM STDIN", io.StringIO("".join(lines)))
    session.commit()
