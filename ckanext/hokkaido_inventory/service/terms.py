"""The words for the codes of the public copy: from the vocabularies, or from the choices of the question itself."""

from __future__ import annotations

from ckanext.hokkaido_inventory.domain.disclosure import Decision
from ckanext.hokkaido_inventory.domain.questions import question
from ckanext.hokkaido_inventory.domain.wording import Wording
from ckanext.hokkaido_inventory.service.holding import Status
from ckanext.hokkaido_schema.shared import vocabulary

__all__ = ["term"]

_VOCABULARIES = {"reason": "reasons", "format": "formats", "update_frequency": "frequencies", "theme": "themes"}
_STAGES = {
    Status.PUBLISHED: Wording("公開済", "Published"),
    Status.PREPARING: Wording("公開準備中", "Being prepared"),
    Status.PLANNED: Wording("公開予定", "To be opened"),
}


def term(column: str, value: object, language: str = "ja") -> str:
    """Return the label of a value of a column, the value itself where there is no other word, "" for nothing."""
    if value in (None, ""):
        return ""
    text = str(value)
    if column in _VOCABULARIES:
        return vocabulary(_VOCABULARIES[column]).label(text, language)
    if column in ("decision", "status"):
        return (_STAGES.get(text) or Decision(text).wording).of(language)
    if column in ("blocking_step", "machine_readability"):
        choices = {choice.code: choice.label for choice in question(column).choices}
        return choices[text].of(language) if text in choices else text
    return text
