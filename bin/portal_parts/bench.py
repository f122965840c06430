"""`bin/portal bench NAME`: measurements against a named peer, one JSON object a line."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys

from portal_parts import ckan, ports, test_run, up
from portal_parts.paths import CHECKOUT, PYTHON, Instance
from portal_parts.processes import clean_environment
from portal_parts.say import line
from portal_parts.state import make_secrets

__all__ = ["KEYS", "known", "run"]

KEYS = ("name", "ours", "peer", "ratio", "unit", "memory_mb", "note")
FOLDER = CHECKOUT / "tests" / "load"
#: Measurements that write a great deal: they get a portal of their own, removed afterwards.
FILLING = frozenset({"board", "combined", "datasets", "feed", "import"})
#: Measurements of files alone: they need no portal.
ALONE = frozenset({"tables"})


def known() -> list[str]:
    """Return the names of the measurements."""
    return sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))


def run(instance: Instance, arguments: list[str]) -> int:
    """Run a measurement; its standard output is JSON lines only, everything else goes to the error stream."""
    if not arguments or arguments[0] not in known():
        names = "\n  ".join(known()) or "（まだありません / none yet）"
        print(f"bin/portal bench NAME\n  {names}", file=sys.stderr)
        return 2
    if arguments[0] in FILLING:
        with test_run.own_portal() as environment:
            return _measure(arguments, environment)
    with contextlib.redirect_stdout(sys.stderr):
        if arguments[0] not in ALONE:
            up.up(instance)
        up.prepare_programs("portal", "test")
    if arguments[0] in ALONE:
        return _measure(arguments, {})
    environment = {
        "CKAN_INI": str(instance.ini),
        "HOKKAIDO_PORTAL_URL": ckan.site_url(ports.load(instance)),
        "HOKKAIDO_SAMPLE_PASSWORD": make_secrets(instance)["sample"],
    }
    return _measure(arguments, environment)


def _measure(arguments: list[str], environment: dict[str, str]) -> int:
    command = [str(PYTHON), "-P", str(FOLDER / f"bench_{arguments[0]}.py"), *arguments[1:]]
    process = subprocess.Popen(
        command, cwd=CHECKOUT, env=clean_environment(**environment), stdout=subprocess.PIPE, text=True
    )
    good = True
    for text in process.stdout or ():
        good = _relay(text.rstrip("\n")) and good
    code = process.wait()
    return code or (0 if good else 1)


def _relay(text: str) -> bool:
    """Pass a result on; return whether a line that looks like one has every key."""
    try:
        result = json.loads(text)
    except json.JSONDecodeError:
        print(text, file=sys.stderr)
        return True
    if not isinstance(result, dict):
        print(text, file=sys.stderr)
        return True
    line(text)
    if missing := [key for key in KEYS if key not in result]:
        print(f"足りない項目 / missing keys: {', '.join(missing)}", file=sys.stderr)
        return False
    return True
