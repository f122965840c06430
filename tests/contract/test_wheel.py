"""What the wheel carries: an editable install would hide a file that is missing from it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("ckanext", "schemas", "pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE", "babel.cfg")


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Build the wheel from a copy of the sources, as a release would, and list its files."""
    source = tmp_path_factory.mktemp("source")
    target = tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        elif path.exists():
            shutil.copy(path, source / name)
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(target),
        str(source),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = target.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def _expected() -> set[str]:
    wanted = ("*.py", "*.html", "*.css", "*.js", "*.yaml", "*.yml", "*.po", "*.ini", "*.mako", "*.csv")
    found = {path.relative_to(ROOT).as_posix() for pattern in wanted for path in ROOT.glob(f"ckanext/**/{pattern}")}
    found |= {
        f"ckanext/hokkaido_schema/schemas/{path.relative_to(ROOT / 'schemas').as_posix()}"
        for pattern in ("*.py", "*.yaml")
        for path in ROOT.glob(f"schemas/**/{pattern}")
    }
    return {name for name in found if "__pycache__" not in name}


def test_the_wheel_carries_every_source_file(names: set[str]) -> None:
    assert sorted(_expected() - names) == []


def test_the_wheel_carries_compiled_catalogues(names: set[str]) -> None:
    sources = {name for name in names if name.endswith(".po")}
    assert sources
    assert {name.removesuffix(".po") + ".mo" for name in sources} <= names


def test_the_wheel_leaves_the_namespace_to_everyone(names: set[str]) -> None:
    assert "ckanext/__init__.py" not in names


def test_the_wheel_carries_nothing_else(names: set[str]) -> None:
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"ckanext"}
