"""Typed access to the settings of the plugin."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_core.domain.fetching import Policy

__all__ = ["contact_url", "http_policy", "mail", "outbox_sweep_seconds", "smtp_allow_plain", "smtp_ca_file"]


def http_policy() -> Policy:
    """Return what the outgoing HTTP client may do."""
    return Policy(
        seconds=tk.config["ckanext.hokkaido_core.http_seconds"],
        connect_seconds=tk.config["ckanext.hokkaido_core.http_connect_seconds"],
        header_bytes=tk.config["ckanext.hokkaido_core.http_header_kb"] * 1024,
        body_bytes=tk.config["ckanext.hokkaido_core.http_body_mb"] * 1024 * 1024,
        redirects=tk.config["ckanext.hokkaido_core.http_redirects"],
        ports=tuple(int(port) for port in tk.config["ckanext.hokkaido_core.http_ports"]),
        internal=tuple(word.lower() for word in tk.config["ckanext.hokkaido_core.http_internal_hosts"]),
        proxy=tk.config["ckanext.hokkaido_core.http_proxy"],
        ca_file=tk.config["ckanext.hokkaido_core.http_ca_file"],
        user_agent=tk.config["ckanext.hokkaido_core.http_user_agent"]
        or f"ckanext-hokkaido (+{tk.config['ckan.site_url']})",
    )


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
