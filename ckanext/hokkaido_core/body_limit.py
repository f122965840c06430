"""How large a request may be: the largest file with its form around it, and no more."""

from __future__ import annotations

from ckan.common import CKANConfig
from ckan.types import CKANApp

__all__ = ["limit"]

_LIMIT = "MAX_CONTENT_LENGTH"
#: What a form says beside its file, in bytes.
_FORM = 5 << 20


def limit(app: CKANApp, config: CKANConfig) -> None:
    """Refuse a larger request (413) before it is read; an operator's own `MAX_CONTENT_LENGTH` stays.

    Without it the whole body is written to the disk of the web process before anybody looks at its size.
    """
    if app.config.get(_LIMIT) is None:
        app.config[_LIMIT] = (config["ckan.max_resource_size"] << 20) + _FORM
