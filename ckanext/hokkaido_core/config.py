"""Typed access to the settings of the plugin."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

__all__ = ["contact_url", "mail", "outbox_sweep_seconds", "smtp_allow_plain", "smtp_ca_file"]


def contact_url() -> str:
    """Return the address of the page where the office in charge of the portal can be reached."""
    return tk.config["ckanext.hokkaido_core.contact_url"]


def mail() -> str:
    """Return what becomes of mail: `smtp`, `folder` or `off`."""
    return tk.config["ckanext.hokkaido_core.mail"]


def outbox_sweep_seconds() -> int:
    """Return the seconds between two sweeps of the outbox."""
    return tk.config["ckanext.hokkaido_core.outbox_sweep_seconds"]


def smtp_allow_plain() -> bool:
    """Tell whether mail may go in plain text to a server on another machine."""
    return tk.config["ckanext.hokkaido_core.smtp_allow_plain"]


def smtp_ca_file() -> str:
    """Return the path of the certificates that the mail server's certificate may come from, empty for the system's."""
    return tk.config["ckanext.hokkaido_core.smtp_ca_file"]
