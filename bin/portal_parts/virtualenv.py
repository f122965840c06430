"""The virtual environment and the message catalogues."""

from __future__ import annotations

import shutil
import subprocess

from portal_parts.paths import CHECKOUT, PYTHON, VAR, VENV
from portal_parts.processes import clean_environment
from portal_parts.say import StepFailed, note
from portal_parts.state import fingerprint, read_json, write_json
from portal_parts.system_packages import base_python

__all__ = ["compile_catalogues", "ensure"]

LOG = VAR / "logs" / "pip.log"
STAMP = VENV / "portal-stamp.json"
RECIPE = tuple(CHECKOUT / name for name in ("pyproject.toml", "setup.py", "constraints.txt"))

COMPILE = """
import sys
from pathlib import Path
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
for name in sys.argv[1:]:
    po = Path(name)
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parts[-3])
    with po.with_suffix(".mo").open("wb") as target:
        write_mo(target, catalogue)
"""


def ensure(*extras: str) -> None:
    """Make the environment, or bring it up to date, with these extras of pyproject.toml beside those it has."""
    known = read_json(STAMP)
    # A moved checkout has a new path in its recipe: the scripts of an environment cannot be moved.
    recipe = fingerprint(RECIPE)
    if known.get("recipe") == recipe and set(extras) <= set(known.get("extras", [])) and PYTHON.exists():
        return
    wanted = sorted({*extras, *known.get("extras", [])})
    python = base_python()
    if python is None:
        raise StepFailed("venv を作れる Python 3.11 以上がありません / no Python 3.11+ that can make a venv")
    note("数分かかることがあります / this may take some minutes")
    LOG.parent.mkdir(parents=True, exist_ok=True)
    if not _usable():
        shutil.rmtree(VENV, ignore_errors=True)
        _run(str(python), "-m", "venv", str(VENV))
    # pip compiles one file after the other; all cores are done in a fraction of that.
    _run(str(PYTHON), "-m", "pip", "install", "--no-compile", "-c", "constraints.txt", "-e", f".[{','.join(wanted)}]")
    _run(str(PYTHON), "-m", "compileall", "-q", "-j", "0", str(VENV / "lib"), failing_is_fine=True)
    write_json(STAMP, {"recipe": recipe, "extras": wanted})


def _usable() -> bool:
    """Return whether the environment was made here and its Python still runs."""
    probe = [str(PYTHON), "-c", "import sys; print(sys.prefix)"]
    try:
        answer = subprocess.run(probe, capture_output=True, text=True, check=False, env=clean_environment())
    except OSError:
        return False
    scripts = (VENV / "bin" / "pip").read_text(encoding="utf-8") if (VENV / "bin" / "pip").exists() else ""
    return answer.stdout.strip() == str(VENV) and str(VENV) in scripts


def _run(*command: str, failing_is_fine: bool = False) -> None:
    with LOG.open("a", encoding="utf-8") as log:
        # Only pip's own settings may be the caller's here, so the environment is left as it is but for Python's.
        answer = subprocess.run(
            command,
            cwd=CHECKOUT,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=clean_environment(),
        )
    if answer.returncode and not failing_is_fine:
        raise StepFailed(f"{command[2] if len(command) > 2 else command[0]}: コード {answer.returncode}", LOG)  # noqa: PLR2004


def compile_catalogues() -> int:
    """Compile each gettext catalogue that is newer than its compiled form; return how many."""
    stale = [
        po
        for po in sorted(CHECKOUT.glob("ckanext/*/i18n/*/LC_MESSAGES/*.po"))
        if not po.with_suffix(".mo").exists() or po.with_suffix(".mo").stat().st_mtime_ns <= po.stat().st_mtime_ns
    ]
    if stale:
        answer = subprocess.run(
            [str(PYTHON), "-P", "-c", COMPILE, *map(str, stale)],
            check=False,
            capture_output=True,
            text=True,
            env=clean_environment(),
        )
        if answer.returncode:
            raise StepFailed(f"翻訳を組めません / a catalogue does not compile:\n{answer.stderr}")
    return len(stale)
