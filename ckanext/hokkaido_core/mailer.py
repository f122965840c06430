"""Mail to one person, over a connection whose certificate is verified.

CKAN 2.12.0's own mailer opens TLS without looking at the certificate (CVE-2026-41132), so nothing of the portal is sent
through it. Mail is sent from handlers of the outbox: whatever is raised here is recorded there and tried again.
"""

from __future__ import annotations

import hashlib
import ipaddress
import logging
import re
import smtplib
import ssl
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_core import config
from ckanext.hokkaido_core.columns import now

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["AddressRefused", "MailError", "NotEncrypted", "SwitchedOff", "Undeliverable", "WrongHeader", "send"]

log = logging.getLogger(__name__)

#: Seconds that the mail server may take for one step.
PATIENCE = 20
#: The port on which TLS is spoken from the first byte (RFC 8314).
IMPLICIT_TLS = 465
#: From this answer on a server means it for good (RFC 5321, 4.2.1).
_FOR_GOOD = 500

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_MESSAGE_ID = re.compile(r"[A-Za-z0-9._+-]{1,200}(?:@[A-Za-z0-9.-]{1,200})?")
_LINE_BREAKS = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]")


class MailError(Exception):
    """A mail was not sent."""


class SwitchedOff(MailError):
    """Mail is switched off by the setting `ckanext.hokkaido_core.mail`; what waits is sent once it is on again."""


class Undeliverable(MailError):
    """The server is away, busy, or its certificate does not hold: the same mail may be sent later."""


class NotEncrypted(Undeliverable):
    """The settings would have sent the mail readable over the network."""


class AddressRefused(MailError):
    """The address is no address, or the server refuses it for good: sending again is of no use."""


class WrongHeader(MailError, ValueError):
    """The subject or the id of the message would have broken out of its header."""


def send(*, to: str, subject: str, body: str, message_id: str) -> None:
    """Send one plain mail to one person.

    :param to: one address, without a name.
    :param subject: one line in any language.
    :param body: the text; ids and links only, never what is not public.
    :param message_id: the same for every attempt at the same mail, so that a doubled delivery is seen as one; with or
        without `@host` and angle brackets.
    :raises SwitchedOff: while mail is switched off.
    :raises Undeliverable: when it may work later.
    :raises AddressRefused: when it will not work later either.
    :raises WrongHeader: for line breaks in the subject or a malformed id.
    """
    mail = _compose(to, subject, body, message_id)
    mode = config.mail()
    if mode == "off":
        raise SwitchedOff("ckanext.hokkaido_core.mail is off; the mail waits in the outbox")
    if mode == "folder":
        _keep(mail)
        return
    with _connection() as server:
        _hand_over(server, mail, to)
    log.info("Mail %s was handed to %s", mail["Message-ID"], tk.config["smtp.server"])


def _compose(to: str, subject: str, body: str, message_id: str) -> EmailMessage:
    if not _ADDRESS.fullmatch(to) or ".." in to:
        raise AddressRefused("not an e-mail address")
    if _LINE_BREAKS.search(subject):
        raise WrongHeader("the subject has a line break or a control character")
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = _full_id(message_id)
    mail["Date"] = format_datetime(now())
    mail["From"] = formataddr((_LINE_BREAKS.sub(" ", tk.config["ckan.site_title"]), _sender()))
    mail["To"] = to
    mail["Subject"] = subject
    if reply_to := tk.config.get("smtp.reply_to"):
        mail["Reply-To"] = reply_to
    # No holiday reply is to come back to a machine, nor go round between two of them (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = tk.config["ckan.locale_default"]
    mail.set_content(body, charset="utf-8", cte="base64")
    return mail


def _full_id(message_id: str) -> str:
    bare = message_id.removeprefix("<").removesuffix(">")
    if not _MESSAGE_ID.fullmatch(bare):
        raise WrongHeader("the id of the message has characters that it must not have")
    return f"<{bare}>" if "@" in bare else f"<{bare}@{_site_host()}>"


def _sender() -> str:
    return tk.config.get("smtp.mail_from") or f"noreply@{_site_host()}"


def _site_host() -> str:
    return urlsplit(tk.config["ckan.site_url"]).hostname or "localhost"


def _keep(mail: EmailMessage) -> None:
    """Write the mail to the folder for mail that is not sent; the same mail is the same file."""
    folder = Path(tk.config["ckan.storage_path"] or ".") / "mail"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = hashlib.sha256(mail["Message-ID"].encode()).hexdigest()[:32]
    path = folder / f"{name}.eml"
    path.write_bytes(mail.as_bytes())
    path.chmod(0o600)
    log.info("Mail %s was written to %s and not sent", mail["Message-ID"], path)


@contextmanager
def _connection() -> Iterator[smtplib.SMTP]:
    """Yield a server that is greeted, whose certificate holds, and to which one may speak."""
    host, port = _server()
    try:
        with _open(host, port) as server:
            if tk.config["smtp.starttls"] and port != IMPLICIT_TLS:
                server.starttls(context=_context())
            if user := tk.config.get("smtp.user"):
                server.login(user, tk.config.get("smtp.password") or "")
            yield server
    except ssl.SSLCertVerificationError as error:
        raise Undeliverable(f"the certificate of {host} does not hold: {error.verify_message}") from error
    except (OSError, smtplib.SMTPException) as error:
        raise Undeliverable(f"{host}: {type(error).__name__}: {error}") from error


def _open(host: str, port: int) -> smtplib.SMTP:
    if port == IMPLICIT_TLS:
        return smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=_context())
    if not (tk.config["smtp.starttls"] or config.smtp_allow_plain() or _is_this_machine(host)):
        raise NotEncrypted(f"set smtp.starttls = true, or use a relay on this machine, instead of plain text to {host}")
    return smtplib.SMTP(host, port, timeout=PATIENCE)


def _server() -> tuple[str, int]:
    given = tk.config.get("smtp.server") or ""
    host, colon, port = given.rpartition(":")
    if not colon or given.endswith("]"):
        host, port = given, ""
    if not host or (port and not port.isdecimal()):
        raise Undeliverable("smtp.server is empty, or not host or host:port")
    return host.strip("[]"), int(port or (587 if tk.config["smtp.starttls"] else 25))


def _context() -> ssl.SSLContext:
    """Return a context that verifies the chain and the host name, by the operator's own authority if there is one."""
    return ssl.create_default_context(cafile=config.smtp_ca_file() or None)


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _hand_over(server: smtplib.SMTP, mail: EmailMessage, to: str) -> None:
    try:
        server.send_message(mail, from_addr=_sender(), to_addrs=[to])
    except smtplib.SMTPRecipientsRefused as error:
        code, reason = error.recipients[to]
        text = f"{code} {reason.decode(errors='replace')}"
        raise (AddressRefused if code >= _FOR_GOOD else Undeliverable)(text) from error
