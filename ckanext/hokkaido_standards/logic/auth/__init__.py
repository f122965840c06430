"""Who may do what with the standard data sets."""

from __future__ import annotations

from ckanext.hokkaido_standards.logic.auth.standard import (
    hokkaido_standard_list,
    hokkaido_standard_load,
    hokkaido_standard_show,
    hokkaido_standard_template_show,
    hokkaido_standard_unload,
)

__all__ = [
    "hokkaido_standard_list",
    "hokkaido_standard_load",
    "hokkaido_standard_show",
    "hokkaido_standard_template_show",
    "hokkaido_standard_unload",
]
