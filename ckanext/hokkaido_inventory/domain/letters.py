"""The words of mails to people. A mail has no language of a request, so each says the same in Japanese and English."""

from __future__ import annotations

from datetime import datetime

from ckanext.hokkaido_core.domain.japan_time import JAPAN
from ckanext.hokkaido_core.domain.letter import Letter
from ckanext.hokkaido_inventory.domain.duty import Duty

__all__ = ["Letter", "invitation_letter", "password_letter"]


_INVITATION = """\
{fullname} 様

{site} の棚卸し調査で、{unit} の「{duty}」に招待されました。

次のアドレスを開き、氏名とパスワードを入力すると登録が完了します（{until} まで）。
すでにアカウントをお持ちの方は、ログインして引き受けるだけです。

{link}

このアドレスは一度だけ使えます。ほかの人に転送しないでください。
心当たりのない場合は、このメールを破棄してください。何も起こりません。

----
{fullname}: you are invited to be {duty_en} of {unit} in the data inventory survey of {site}.
Open the address above before {until} (Japan time). It works once; please do not forward it.
"""

_NEW_KEY = """\
{fullname} 様

{site} の新しいパスワードを設定するためのアドレスをお送りします。ユーザー名は {name} です。

{link}

とりまとめ担当または調査担当の依頼で送信しました。心当たりのない場合は、このメールを破棄してください。
これまでのパスワードはそのまま使えます。

----
{fullname}: set a new password at the address above. Your user name is {name}.
If you do not expect this mail, ignore it; your present password stays.
"""


def invitation_letter(  # noqa: PLR0913 - the words of a mail.
    *,
    to: str,
    fullname: str,
    unit: str,
    duty: Duty,
    until: datetime,
    link: str,
    site: str,
    message_id: str,
) -> Letter:
    """Return the mail that invites somebody; `until` is the instant at which the link stops working."""
    local = until.astimezone(JAPAN)
    when = f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
    values = {"fullname": fullname, "site": site, "unit": unit, "until": when, "link": link}
    body = _INVITATION.format(duty=duty.wording.ja, duty_en=duty.wording.en.lower(), **values)
    return Letter(to, f"【{_line(site)}】{_line(unit)} の{duty.wording.ja}への招待", body, message_id)


def password_letter(*, to: str, fullname: str, name: str, link: str, site: str, message_id: str) -> Letter:
    """Return the mail with the link for a new password."""
    body = _NEW_KEY.format(fullname=fullname, name=name, link=link, site=site)
    return Letter(to, f"【{_line(site)}】新しいパスワードの設定", body, message_id)


def _line(text: str) -> str:
    """Return a name as part of a subject, which is one line."""
    return " ".join(text.split())
