"""Reminders: whom they reach, once a day, and that an answer stops them (FA-08, LK-08, TM-06)."""

from __future__ import annotations

import email
import email.policy
from datetime import datetime, timedelta

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.hokkaido_core import outbox
from ckanext.hokkaido_core.columns import now
from ckanext.hokkaido_core.model.outbox import OutboxMessage
from ckanext.hokkaido_inventory.domain.deadline import JAPAN, today
from ckanext.hokkaido_inventory.jobs.reminder import remind_at
from ckanext.hokkaido_inventory.model import Assignment, Reminder, Survey
from ckanext.hokkaido_inventory.service.calendar import add_working_days


@pytest.fixture
def mails(monkeypatch, tmp_path):
    """Keep mail in a folder and return what is there by recipient."""
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_core.mail", "folder")
    monkeypatch.setitem(tk.config, "ckan.storage_path", str(tmp_path))

    def read():
        outbox.drain()
        model.Session.rollback()
        found = [
            email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in sorted((tmp_path / "mail").glob("*.eml"))
        ]
        return {mail["To"].partition("@")[0]: mail for mail in found}

    return read


def _at(offset, hour=9):
    """Return nine o'clock, so many working days from the first one from today on."""
    day = add_working_days(add_working_days(today(now()), 0), offset)
    return datetime(day.year, day.month, day.day, hour, 5, tzinfo=JAPAN)


def _ends(survey, at, *, opened=60):
    """Let a round end on the day of an instant, opened long before."""
    values = {"deadline": at.date(), "opened_at": at - timedelta(days=opened)}
    model.Session.execute(sa.update(Survey).where(Survey.id == survey["id"]).values(**values))
    model.Session.commit()


def _remind(at):
    return remind_at(model.Session(), at)


def test_one_mail_a_person_and_day_lists_all_their_units(house, mails, make_person):
    """LK-08, TM-06: whoever answers for two units in two rounds gets one mail; a second run of the clock adds none."""
    make_person("ryoho", kasen_ka="editor", doro_ka="editor")
    first = house.open_survey("kasen-ka", "doro-ka", title="一回目")
    second = house.open_survey("kasen-ka", title="二回目")
    house.answer(first, "秘密の台帳")
    _ends(first, _at(5))
    _ends(second, _at(8))
    assert _remind(_at(0, hour=8)) == 0
    assert _remind(_at(0)) == 4
    assert _remind(_at(0, hour=15)) == 0
    found = mails()
    assert sorted(found) == ["doro", "kaito", "ryoho", "shonin"]
    body = found["ryoho"].get_content()
    assert [body.count(title) for title in ("河川課（一回目）", "道路課（一回目）", "河川課（二回目）")] == [1, 1, 1]
    assert "秘密の台帳" not in "".join(mail.as_string() + mail.get_content() for mail in found.values())
    assert all(mail["Cc"] is None and mail["To"].count("@") == 1 for mail in found.values())


def test_people_with_a_duty_are_written_to_and_nobody_else_of_the_unit(house, mails, make_person):
    person = make_person("tanto", kasen_ka="editor")
    unit = model.Group.get("kasen-ka").id
    model.Session.add(Assignment(unit_id=unit, user_id=person.id, duty="respondent"))
    model.Session.commit()
    _ends(house.open_survey(), _at(1))
    _remind(_at(0))
    assert sorted(mails()) == ["tanto"]


def test_an_answer_given_before_the_delivery_stops_the_mail(house, mails):
    """What was put down and what is sent are two things: the mail says what is the case when it leaves."""
    survey = house.open_survey()
    house.answer(survey)
    _ends(survey, _at(1))
    _remind(_at(0))
    house.submit(survey)
    assert mails() == {}
    outcomes = model.Session.execute(sa.select(Reminder.outcome)).scalars().all()
    assert set(outcomes) == {"settled"}


def test_after_the_deadline_the_units_above_hear_of_it_step_by_step(house, mails):
    survey = house.open_survey()
    _ends(survey, _at(-10))
    _remind(_at(0))
    found = mails()
    assert sorted(found) == ["bucho", "kaito", "shonin"]
    assert "期限から10営業日が過ぎました" in found["bucho"].get_content()


def test_who_approves_hears_of_what_waits_and_so_does_the_delegate(house, mails):
    survey = house.open_survey()
    house.answer(survey)
    house.submit(survey)
    house.approver(
        "hokkaido_delegation_create",
        unit="kasen-ka",
        to=house.reader.name,
        starts_on=house.day(0),
        ends_on=house.day(30),
    )
    _ends(survey, _at(20))
    submitted = sa.text("UPDATE hokkaido_inventory_response SET submitted_at = :at")
    model.Session.execute(submitted, {"at": _at(-1)})
    model.Session.commit()
    _remind(_at(0))
    found = mails()
    assert sorted(found) == ["etsuran", "shonin"]
    assert "承認をお願いします" in found["shonin"]["Subject"]


def test_a_bad_address_is_told_apart_and_a_mail_server_that_is_away_loses_nothing(house, mails, monkeypatch):
    """FA-08: one person without a usable address does not stop the others; the state of each is to be seen."""
    model.User.get(house.respondent.name).email = "not an address"
    model.Session.commit()
    _ends(house.open_survey(), _at(1))
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_core.mail", "off")
    _remind(_at(0))
    assert mails() == {}
    shown = {one["person"]["name"]: one["outcome"] for one in house.office("hokkaido_reminder_list")["sent"]}
    assert shown == {"kaito": "refused", "shonin": None}
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_core.mail", "folder")
    model.Session.execute(sa.update(OutboxMessage).values(available_at=now()))
    model.Session.commit()
    assert sorted(mails()) == ["shonin"]
    shown = {one["person"]["name"]: one["outcome"] for one in house.office("hokkaido_reminder_list")["sent"]}
    assert shown == {"kaito": "refused", "shonin": "sent"}


def test_the_office_reminds_units_now_but_nobody_twice_a_day(house, mails):
    survey = house.open_survey("kasen-ka", "doro-ka", "biei-cho")
    given = {"survey": survey["id"], "units": ["kasen-ka", "biei-cho"]}
    first = house.office("hokkaido_reminder_send", **given)
    again = house.office("hokkaido_reminder_send", **given)
    assert (first["sent"], first["already"], first["nobody"]) == (3, 0, [])
    assert (again["sent"], again["already"]) == (0, 3)
    assert sorted(mails()) == ["kaito", "shicho", "shonin"]
    listed = house.office("hokkaido_reminder_list")
    assert {one["asked_by"]["name"] for one in listed["sent"]} == {"chosa"}
    assert {row["unit"]["name"] for row in listed["open"]} == {"kasen-ka", "doro-ka", "biei-cho"}
    with pytest.raises(tk.NotAuthorized):
        house.approver("hokkaido_reminder_send", **given)


def test_a_closed_round_and_a_draft_remind_nobody(house, mails):
    closed, draft = house.open_survey(), house.open_survey(open=False)
    _ends(closed, _at(1))
    _ends(draft, _at(1))
    house.office("hokkaido_survey_close", id=closed["id"])
    assert _remind(_at(0)) == 0
    assert mails() == {}
