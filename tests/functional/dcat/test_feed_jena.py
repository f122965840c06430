"""Apache Jena reads every byte of the feed strictly and finds no violation: a second family beside pyoxigraph."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ckan.tests.helpers import CKANTestApp

Make = Callable[..., dict[str, Any]]

PAGES = [
    f"/catalog.{extension}{profile}"
    for extension in ("ttl", "xml", "jsonld", "nt")
    for profile in ("", "?profile=dcat-ap-2", "?profile=dcat-goj")
]

CHECKOUT = Path(__file__).parents[3]
RECIPE = CHECKOUT / "tests" / "tools" / "jena" / "pom.xml"

pytestmark = pytest.mark.usefixtures("empty_feed")


@cache
def _jars() -> Path:
    """Return the folder of the jars, one for each recipe."""
    folder = CHECKOUT / "var" / f"jena-{hashlib.sha256(RECIPE.read_bytes()).hexdigest()[:12]}"
    if folder.exists():
        return folder
    making = folder.with_name(f"{folder.name}-{os.getpid()}")
    command = ["mvn", "-B", "-q", "-f", str(RECIPE), "dependency:copy-dependencies", "-DincludeScope=runtime"]
    subprocess.run([*command, f"-DoutputDirectory={making}"], check=True, capture_output=True, text=True)
    try:
        making.rename(folder)
    except OSError:
        # Another run was quicker.
        shutil.rmtree(making)
    return folder


def _jena(program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run one of Jena's programs, given by its class."""
    command = ["java", "-XX:TieredStopAtLevel=1", "-cp", f"{_jars()}/*", program, *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


@pytest.fixture
def files(app: CKANTestApp, make_dataset: Make, tmp_path: Path) -> list[Path]:
    """Return every format of every profile as files."""
    make_dataset()
    make_dataset(title='引用符"と<山括弧>と\\と改行\nと絵文字🗾', tag_string="防災", notes="]]> &amp; \u2028")
    written = []
    for number, page in enumerate(PAGES):
        path = tmp_path / f"{number}.{page.partition('?')[0].rpartition('.')[2]}"
        path = path.with_suffix(".rdf") if path.suffix == ".xml" else path
        path.write_bytes(app.get(page).data)
        written.append(path)
    return written


def test_jena_reads_every_format_of_every_profile_strictly(files: list[Path], tmp_path: Path) -> None:
    done = _jena("riotcmd.riot", "--strict", "--validate", *files)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "SLF4J" not in line]) == (0, [])
    broken = tmp_path / "broken.nt"
    broken.write_text("<https://example.org/a b> <https://example.org/c> <d> .\n")
    assert _jena("riotcmd.riot", "--strict", "--validate", broken).returncode != 0


@pytest.mark.parametrize("shapes", ["shapes.ttl", "range.ttl"])
def test_jena_finds_no_violation(files: list[Path], shared_dir: Path, shapes: str) -> None:
    official = shared_dir / "shacl" / "dcat-ap-3.0.1" / "html" / shapes
    done = _jena("shacl.shacl", "validate", "--text", "--shapes", official, "--data", files[0])
    assert done.stdout.strip().splitlines() == ["Conforms"], done.stdout + done.stderr
