"""What is published is for everybody to see, and what is not, too."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context, DataDict

__all__ = ["hokkaido_standard_coverage"]


@tk.auth_allow_anonymous_access
def hokkaido_standard_coverage(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let everyone see which municipality publishes what."""
    return {"success": True}
