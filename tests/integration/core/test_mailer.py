"""Mail: one person, a verified certificate, the same id at every attempt (LK-08, FA-08, F1)."""

from __future__ import annotations

import contextlib
import email
import email.policy
import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Self

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from ckan import model

from ckanext.hokkaido_core import mailer, outbox
from ckanext.hokkaido_core.columns import now
from ckanext.hokkaido_core.model.outbox import OutboxMessage

SUBJECT = "【照会】保有データ調査の回答について(①・髙橋様)"
BODY = "回答期限まであと3日です。\nhttp://test.ckan.net/survey\n"


class Postbox:
    """What the mail server of the test received, and the answers it gives to addresses."""

    def __init__(self) -> None:
        self.received: list[tuple[list[str], bytes]] = []
        self.answers: dict[str, str] = {}

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        self.received.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"

    @property
    def mails(self) -> list[EmailMessage]:
        return [email.message_from_bytes(raw, policy=email.policy.default) for _, raw in self.received]


class Server:
    """A mail server on a free port of this machine."""

    def __init__(self, certificate: Path | None) -> None:
        self.postbox = Postbox()
        context = None
        if certificate is not None:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(certificate)
        self.port = _free_port()
        self._controller = Controller(
            self.postbox, hostname="127.0.0.1", port=self.port, tls_context=context, require_starttls=bool(context)
        )

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Make a self-signed certificate with its key for a name."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl command to make a certificate with")
    folder = tmp_path_factory.mktemp("certificates")

    def make(alternative_name: str) -> Path:
        path = folder / f"{alternative_name.replace(':', '_')}.pem"
        command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test"
        extra = ["-addext", f"subjectAltName={alternative_name}", "-keyout", str(path), "-out", f"{path}.crt"]
        subprocess.run([*command.split(), *extra], check=True, capture_output=True)
        path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
        return path

    return make


@pytest.fixture
def smtp(ckan_config: Any) -> Iterator[Callable[..., contextlib.AbstractContextManager[Postbox]]]:
    """Start a server and point the settings at it."""

    @contextlib.contextmanager
    def started(certificate: Path | None = None, **settings: Any) -> Iterator[Postbox]:
        with Server(certificate) as server:
            ckan_config["smtp.server"] = f"127.0.0.1:{server.port}"
            ckan_config["smtp.mail_from"] = "opendata@example.lg.jp"
            ckan_config["smtp.starttls"] = certificate is not None
            ckan_config.update(settings)
            yield server.postbox

    before = dict(ckan_config)
    yield started
    ckan_config.clear()
    ckan_config.update(before)


def _send(to: str = "tanto@example.lg.jp", **changes: str) -> None:
    mailer.send(**{"to": to, "subject": SUBJECT, "body": BODY, "message_id": "reminder.1", **changes})


def test_a_mail_arrives_whole_in_japanese_for_one_person_with_the_callers_id(smtp: Any, certificate: Any) -> None:
    """LK-08: one recipient; a repeated attempt carries the same id."""
    own = certificate("IP:127.0.0.1")
    with smtp(own, **{"ckanext.hokkaido_core.smtp_ca_file": str(own)}) as postbox:
        _send()
        _send()
    assert [to for to, _ in postbox.received] == [["tanto@example.lg.jp"]] * 2
    for mail in postbox.mails:
        assert mail["Subject"] == SUBJECT
        assert mail["To"] == "tanto@example.lg.jp"
        assert mail["Message-ID"] == "<reminder.1@test.ckan.net>"
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail.get_content().replace("\r\n", "\n") == BODY
        assert mail["Cc"] is None
    assert all(raw.isascii() for _, raw in postbox.received)


@pytest.mark.parametrize(
    ("name", "trusted", "reason"),
    [("IP:127.0.0.1", False, "certificate"), ("DNS:other.example.lg.jp", True, "certificate")],
    ids=["self-signed", "another host"],
)
def test_a_certificate_that_does_not_hold_is_refused(
    smtp: Any, certificate: Any, name: str, trusted: bool, reason: str
) -> None:
    """F1 (CVE-2026-41132), FA-08: neither the text nor the password reaches a server that is not the right one."""
    own = certificate(name)
    settings = {"ckanext.hokkaido_core.smtp_ca_file": str(own) if trusted else ""}
    with smtp(own, **settings) as postbox, pytest.raises(mailer.Undeliverable, match=reason):
        _send()
    assert postbox.received == []


def test_a_server_without_tls_gets_nothing_where_tls_is_asked_for(smtp: Any) -> None:
    with smtp(**{"smtp.starttls": True}) as postbox, pytest.raises(mailer.Undeliverable, match="STARTTLS"):
        _send()
    assert postbox.received == []


def test_plain_text_does_not_leave_the_machine(smtp: Any) -> None:
    with smtp(**{"smtp.server": "mail.example.invalid"}), pytest.raises(mailer.NotEncrypted, match=r"smtp\.starttls"):
        _send()
    with smtp() as postbox:
        _send()
    assert len(postbox.received) == 1


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"subject": "a\r\nBcc: all@example.lg.jp"}, mailer.WrongHeader),
        ({"subject": "a\u2028b"}, mailer.WrongHeader),
        ({"message_id": "a>\r\nBcc: b@example.com"}, mailer.WrongHeader),
        ({"to": "a@example.com, b@example.com"}, mailer.AddressRefused),
        ({"to": "a@example.com\r\nBcc: b@example.com"}, mailer.AddressRefused),
        ({"to": "田中 <a@example.com>"}, mailer.AddressRefused),
        ({"to": ""}, mailer.AddressRefused),
    ],
)
def test_nothing_breaks_out_of_a_header(changes: dict[str, str], error: type[Exception]) -> None:
    """LK-08: one person a mail, whatever stands in the address or the subject."""
    with pytest.raises(error):
        _send(**changes)


def test_mail_that_is_switched_off_or_kept_in_a_folder_is_not_lost(ckan_config: Any, tmp_path: Path) -> None:
    before = {key: ckan_config[key] for key in ("ckanext.hokkaido_core.mail", "ckan.storage_path")}
    try:
        ckan_config["ckanext.hokkaido_core.mail"] = "off"
        with pytest.raises(mailer.SwitchedOff):
            _send()
        ckan_config.update({"ckanext.hokkaido_core.mail": "folder", "ckan.storage_path": str(tmp_path)})
        _send()
        _send()
    finally:
        ckan_config.update(before)
    (kept,) = (tmp_path / "mail").iterdir()
    assert email.message_from_bytes(kept.read_bytes(), policy=email.policy.default)["Subject"] == SUBJECT


def test_the_outbox_tries_again_and_one_bad_address_does_not_stop_the_others(smtp: Any) -> None:
    """FA-08: 4xx comes again with the same id, 5xx is told apart, the rest is delivered once."""
    model.Session.execute(sa.delete(OutboxMessage))
    refused: list[str] = []

    @outbox.handler("test mail")
    def deliver(payload: dict[str, Any]) -> None:
        try:
            _send(payload["to"], message_id=payload["to"].partition("@")[0])
        except mailer.AddressRefused:
            refused.append(payload["to"])

    try:
        with smtp() as postbox:
            postbox.answers = {"busy@example.lg.jp": "451 try again", "gone@example.lg.jp": "550 no such user"}
            for name in ("first", "busy", "gone", "last"):
                outbox.put(model.Session(), "test mail", {"to": f"{name}@example.lg.jp"})
            model.Session.commit()
            outbox.drain()
            assert [to for to, _ in postbox.received] == [["first@example.lg.jp"], ["last@example.lg.jp"]]
            assert refused == ["gone@example.lg.jp"]
            (waiting,) = model.Session.execute(
                sa.select(OutboxMessage).where(OutboxMessage.done_at.is_(None))
            ).scalars()
            assert "Undeliverable: 451 try again" in (waiting.last_error or "")
            postbox.answers = {}
            waiting.available_at = now()
            model.Session.commit()
            outbox.drain()
            assert [mail["Message-ID"] for mail in postbox.mails][-1] == "<busy@test.ckan.net>"
            assert len(postbox.received) == 3
    finally:
        outbox._handlers.pop("test mail")
        model.Session.rollback()
        model.Session.execute(sa.delete(OutboxMessage))
        model.Session.commit()
