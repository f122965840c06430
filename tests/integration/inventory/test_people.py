"""People of units: invitations from a list, their acceptance, and who may look after whom (AZ-01, AZ-06, AZ-07)."""

from __future__ import annotations

from datetime import timedelta

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.hokkaido_core import shared
from ckanext.hokkaido_core.columns import now
from ckanext.hokkaido_core.model.outbox import OutboxMessage
from ckanext.hokkaido_inventory.jobs import invitation as mails
from ckanext.hokkaido_inventory.logic.invitation_secret import secret_of
from ckanext.hokkaido_inventory.model import Assignment, Event, Invitation

HEADER = "氏名,メールアドレス,組織,役割\n"
LIST = HEADER + "山田 太郎,taro@example.jp,河川課,とりまとめ担当\n佐藤 花子,hanako@example.jp,biei-cho,副担当\n"


def _invite(who, **values):
    defaults = {"unit": "kasen-ka", "fullname": "山田 太郎", "email": "taro@example.jp", "duty": "deputy"}
    return who("hokkaido_invitation_create", **(defaults | values))


def _count(table) -> int:
    return model.Session.scalar(sa.select(sa.func.count()).select_from(table))


def test_everybody_of_a_list_is_invited_once(house):
    """UP, CC-03: preview stores nothing; the same list twice invites nobody twice; ids only in the outbox."""
    seen = house.office("hokkaido_invitation_import", text=LIST, dry_run=True)
    assert (seen["rows"], seen["stored"], _count(Invitation)) == ({"new": 2, "invited": 0, "present": 0}, False, 0)
    done = house.office("hokkaido_invitation_import", text=LIST)
    assert [(guest["unit"]["name"], guest["duty"]["code"]) for guest in done["guests"]] == [
        ("kasen-ka", "coordinator"),
        ("biei-cho", "deputy"),
    ]
    again = house.office("hokkaido_invitation_import", text=LIST)
    assert (again["rows"], _count(Invitation)) == ({"new": 0, "invited": 2, "present": 0}, 2)
    payloads = model.Session.execute(sa.select(OutboxMessage.payload)).scalars().all()
    assert sorted(payload["id"] for payload in payloads) == sorted(
        model.Session.execute(sa.select(Invitation.id)).scalars()
    )


def test_nobody_is_invited_while_a_row_has_an_error(house, make_unit):
    """AZ-01, AZ-04: a unit that the caller does not look after does not exist; all errors at once."""
    make_unit("kasen-2", "河川課")
    text = LIST + "鈴木,ichiro@example.jp,ない課,回答者\n田中,x,ない室,回答者\n"
    with pytest.raises(tk.ValidationError) as refused:
        house.office("hokkaido_invitation_import", text=text)
    codes = [(finding["row"], finding["code"]) for finding in refused.value.error_dict["findings"]]
    assert codes == [
        (2, "roster_ambiguous_unit"),
        (4, "roster_unknown_unit"),
        (5, "roster_wrong_address"),
        (5, "roster_unknown_unit"),
    ]
    own = HEADER + "山田,taro@example.jp,kasen-ka,回答者\n佐藤,hanako@example.jp,biei-cho,回答者\n"
    with pytest.raises(tk.ValidationError) as refused:
        house.approver("hokkaido_invitation_import", text=own)
    assert [finding["code"] for finding in refused.value.error_dict["findings"]] == ["roster_unknown_unit"]
    assert _count(Invitation) == 0


def test_an_invitation_makes_an_account_with_a_duty_and_works_once(house):
    """AZ-02, AZ-07: role, duty and membership come with the acceptance, and with nothing a request says of itself."""
    made = _invite(house.approver)
    assert secret_of(made["id"]) not in str(made)
    token = secret_of(made["id"])
    shown = house.nobody("hokkaido_invitation_show", token=token)
    assert (shown["unit"]["name"], shown["duty"]["code"], shown["account"]) == ("kasen-ka", "deputy", "none")
    with pytest.raises(tk.ValidationError):
        house.nobody("hokkaido_invitation_accept", token=token, fullname="山田 太郎", password="kurz")
    given = {
        "fullname": "山田 太郎",
        "password": "ながいあいことば2026",
        "sysadmin": True,
        "name": "root2",
        "unit": "doro-ka",
    }
    done = house.nobody("hokkaido_invitation_accept", token=token, **given)
    user = model.User.get(done["user"])
    assert (user.name, user.fullname, user.email, user.sysadmin) == ("taro", "山田 太郎", "taro@example.jp", False)
    people = house.office("hokkaido_person_list", unit="kasen-ka")["people"]
    (mine,) = [one for one in people if one["user"]["name"] == "taro"]
    assert (mine["role"], [duty["code"] for duty in mine["duties"]]) == ("editor", ["deputy"])
    with pytest.raises(tk.ValidationError):
        house.nobody("hokkaido_invitation_accept", token=token, fullname="別人", password="ながいあいことば2026")
    assert model.Session.get(Invitation, made["id"]).user_id == user.id


def test_who_has_an_account_logs_in_and_keeps_the_higher_role(house):
    token = secret_of(_invite(house.office, email="shonin@example.com", duty="respondent")["id"])
    with pytest.raises(tk.ValidationError):
        house.nobody("hokkaido_invitation_accept", token=token, fullname="x", password="ながいあいことば2026")
    with pytest.raises(tk.ValidationError):
        house.citizen("hokkaido_invitation_accept", token=token)
    assert house.approver("hokkaido_invitation_show", token=token)["account"] == "mine"
    house.approver("hokkaido_invitation_accept", token=token)
    people = house.office("hokkaido_person_list", unit="kasen-ka")["people"]
    (mine,) = [one for one in people if one["user"]["id"] == house.approver.id]
    assert (mine["role"], [duty["code"] for duty in mine["duties"]]) == ("admin", ["respondent"])


def test_an_expired_or_withdrawn_invitation_is_refused_and_can_be_renewed(house):
    """TM-02: server time rules; the answer to a wrong link does not tell what was wrong with it (no enumeration)."""
    made = _invite(house.approver)
    token = secret_of(made["id"])
    model.Session.get(Invitation, made["id"]).expires_at = now() - timedelta(seconds=1)
    model.Session.commit()
    with pytest.raises(tk.ValidationError) as expired:
        house.nobody("hokkaido_invitation_show", token=token)
    assert mails.compose(made["id"]) is None
    house.approver("hokkaido_invitation_resend", id=made["id"])
    assert house.nobody("hokkaido_invitation_show", token=token)["fullname"] == "山田 太郎"
    house.approver("hokkaido_invitation_revoke", id=made["id"])
    with pytest.raises(tk.ValidationError) as withdrawn:
        house.nobody("hokkaido_invitation_show", token=token)
    with pytest.raises(tk.ValidationError) as invented:
        house.nobody("hokkaido_invitation_show", token="x" * 43)
    assert withdrawn.value.error_dict == invented.value.error_dict != expired.value.error_dict
    for who in (house.neighbour, house.respondent, house.mayor):
        with pytest.raises(tk.ObjectNotFound):
            who("hokkaido_invitation_resend", id=made["id"])


def test_the_mail_carries_the_link_and_a_retry_the_same(house, monkeypatch, tmp_path):
    """FA: a mail that is tried again is the same mail; the secret is stored nowhere."""
    made = _invite(house.approver)
    letter, again = mails.compose(made["id"]), mails.compose(made["id"])
    assert letter == again
    assert f"/survey/invitation/{secret_of(made['id'])}" in letter.body
    assert (letter.to, "河川課" in letter.subject) == ("taro@example.jp", True)
    stored = model.Session.get(Invitation, made["id"])
    assert secret_of(made["id"]) not in (stored.secret_hash, stored.id)
    if not hasattr(shared, "mailer"):
        pytest.skip("the portal's mailer is not part of this checkout yet")
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_core.mail", "folder")
    monkeypatch.setitem(tk.config, "ckan.storage_path", str(tmp_path))
    mails.deliver({"id": made["id"]})
    mails.deliver({"id": made["id"]})
    mails.send_password_link({"id": house.approver.id})
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 2


def test_a_coordinator_looks_after_their_own_unit_and_those_below(house):
    """AZ-01, AZ-05: others' people do not exist; the director looks after the sections of the department."""
    names = {one["unit"]["name"] for one in house.director("hokkaido_person_list")["people"]}
    assert names == {"kensetsu-bu", "kasen-ka", "doro-ka"}
    assert {one["unit"]["name"] for one in house.approver("hokkaido_person_list")["people"]} == {"kasen-ka"}
    for who, unit in ((house.approver, "doro-ka"), (house.director, "biei-cho"), (house.mayor, "kasen-ka")):
        with pytest.raises(tk.ObjectNotFound):
            who("hokkaido_person_list", unit=unit)
        with pytest.raises(tk.ObjectNotFound):
            _invite(who, unit=unit)
    for who in (house.respondent, house.citizen, house.nobody):
        with pytest.raises(tk.NotAuthorized):
            who("hokkaido_person_list")


def test_duties_change_and_people_go_but_not_the_last_admin(house):
    """AZ-06: who is taken out loses the unit at once; every change stands in the trail of the unit."""
    survey = house.open_survey()
    who = {"unit": "kasen-ka", "user": house.respondent.name}
    changed = house.approver("hokkaido_person_update", duties=["approver", "deputy"], **who)
    assert (changed["role"], [duty["code"] for duty in changed["duties"]]) == ("admin", ["approver", "deputy"])
    house.approver("hokkaido_person_update", duties=["deputy"], **who)
    for act in ({"duties": ["respondent"]}, None):
        action = "hokkaido_person_update" if act else "hokkaido_person_remove"
        with pytest.raises(tk.ValidationError):
            house.office(action, unit="kasen-ka", user=house.approver.name, **(act or {}))
    house.approver("hokkaido_person_remove", **who)
    with pytest.raises(tk.ObjectNotFound):
        house.respondent("hokkaido_response_show", survey=survey["id"], unit="kasen-ka")
    assert _count(Assignment) == 0
    acts = model.Session.execute(sa.select(Event.act).where(Event.unit_id.is_not(None)).order_by(Event.at)).scalars()
    assert list(acts) == ["person_changed"] * 3


def test_a_new_password_link_is_sent_to_people_of_the_own_unit_only(house):
    house.approver("hokkaido_person_reset", unit="kasen-ka", user=house.respondent.name)
    (message,) = model.Session.execute(sa.select(OutboxMessage.payload)).scalars()
    assert message == {"id": house.respondent.id}
    with pytest.raises(tk.ObjectNotFound):
        house.approver("hokkaido_person_reset", unit="kasen-ka", user=house.sysadmin.name)
