"""The words of mails about datasets. A mail has no language of a request, so each says the same in two languages."""

from __future__ import annotations

import re

from ckanext.hokkaido_core.domain.letter import Letter

__all__ = ["Letter", "asked_letter", "decided_letter", "withdrawn_letter"]

_ASKED = """\
{reader} 様

{site} で、「{title}」の公開前の承認を {asker} さんが依頼しました。
{message}
次のアドレスを開いて内容を確認し、承認するか、直してほしい点を書いて戻してください。

{link}

----
{asker} asks you to look at “{title}” before it is published. Approve or return it at the address above.
"""

_APPROVED = """\
{reader} 様

「{title}」を {decider} さんが承認し、公開されました。
{remark}
{link}

----
“{title}” was approved and is public now.
"""

_RETURNED = """\
{reader} 様

「{title}」の承認の依頼を {decider} さんが戻しました。次の点を直して、もう一度依頼してください。

{remark}
{link}

----
“{title}” was returned with the remark above. Correct it and ask again.
"""

_WITHDRAWN = """\
{reader} 様

「{title}」の公開前の承認の依頼を {withdrawer} さんが取り下げました。承認も差し戻しも要りません。
{remark}
{link}

----
{withdrawer} withdrew the request to look at “{title}”. There is nothing to decide any more.
"""


def asked_letter(to: str, words: dict[str, str], message_id: str) -> Letter:
    """Return the mail to somebody who may approve; `words` has reader, site, title, asker, message and link."""
    filled = words | {"message": _paragraph(words["message"])}
    return Letter(
        to, f"【{_line(words['site'])}】承認のお願い：{_line(words['title'])}", _ASKED.format(**filled), message_id
    )


def decided_letter(to: str, words: dict[str, str], message_id: str, *, approved: bool) -> Letter:
    """Return the mail to the person who asked; `words` has reader, site, title, decider, remark and link."""
    filled = words | {"remark": _paragraph(words["remark"])}
    what, body = ("公開されました", _APPROVED) if approved else ("承認の依頼が戻りました", _RETURNED)
    return Letter(to, f"【{_line(words['site'])}】{what}：{_line(words['title'])}", body.format(**filled), message_id)


def withdrawn_letter(to: str, words: dict[str, str], message_id: str) -> Letter:
    """Return the mail about a request taken back; `words` has reader, site, title, withdrawer, remark and link."""
    filled = words | {"remark": _paragraph(words["remark"])}
    subject = f"【{_line(words['site'])}】承認の依頼の取り下げ：{_line(words['title'])}"
    return Letter(to, subject, _WITHDRAWN.format(**filled), message_id)


def _paragraph(text: str) -> str:
    return "\n" + "\n".join(f"　{line}" for line in text.splitlines()) + "\n" if text else ""


def _line(text: str) -> str:
    """Return a text fit for a subject: one line, not too long."""
    return re.sub(r"\s+", " ", text).strip()[:60]
