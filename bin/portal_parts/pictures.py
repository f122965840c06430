"""`bin/portal pictures`: the pictures of docs/pages.md made anew, from the portal of this checkout."""

from __future__ import annotations

import subprocess

from portal_parts import ckan, ports, up
from portal_parts.paths import CHECKOUT, PYTHON, Instance
from portal_parts.processes import clean_environment
from portal_parts.state import make_secrets

__all__ = ["take"]

PROGRAM = CHECKOUT / "tests" / "browser" / "pictures.py"


def take(instance: Instance, arguments: list[str]) -> int:
    """Start the portal where it is down, and photograph its pages; return the exit code."""
    up.up(instance)
    up.prepare_programs("portal", "test")
    environment = {
        "HOKKAIDO_PORTAL_URL": ckan.site_url(ports.load(instance)),
        "HOKKAIDO_SAMPLE_PASSWORD": make_secrets(instance)["sample"],
    }
    command = [str(PYTHON), "-P", str(PROGRAM), *arguments]
    return subprocess.run(command, cwd=CHECKOUT, env=clean_environment(**environment), check=False).returncode
