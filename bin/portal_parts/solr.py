"""A private Solr: jars from Maven Central, started by Jetty's own configuration, with Japanese analysis."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from portal_parts.paths import CONFIG, MAVEN_LOG, PYTHON, SOLR_DIST, Instance
from portal_parts.processes import Part, clean_environment
from portal_parts.say import StepFailed, note
from portal_parts.state import fingerprint, read_json, write_json
from portal_parts.system_packages import java

__all__ = ["ensure_jars", "inventory_url", "part", "prepare", "ready", "url"]

SOURCE = CONFIG / "solr"
STAMP = SOLR_DIST / "stamp.json"
CORE_FILES = ("solrconfig.xml", "synonyms.txt", "protwords.txt", "stopwords_ja.txt", "stoptags_ja.txt")


MEMORY = ("-Xms64m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError")

#: Half the processor time until the first answer, for less speed later on: right for an index of a few tests.
QUICK_START = ("-XX:TieredStopAtLevel=1",)


def ensure_jars() -> None:
    """Get Solr and what it needs from Maven Central, once for each pom.xml."""
    recipe = fingerprint([SOURCE / "pom.xml"], str(SOLR_DIST))
    if read_json(STAMP).get("recipe") == recipe:
        return
    note("Maven Central から取得します（約 85 MB） / from Maven Central (about 85 MB)")
    shutil.rmtree(SOLR_DIST, ignore_errors=True)
    MAVEN_LOG.parent.mkdir(parents=True, exist_ok=True)
    command = [
        "mvn", "-B", "-f", str(SOURCE / "pom.xml"), "dependency:copy-dependencies",
        "-DincludeScope=runtime", f"-DoutputDirectory={SOLR_DIST / 'lib'}",
    ]  # fmt: skip
    with MAVEN_LOG.open("ab") as log:
        answer = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=clean_environment(),
        )
    if answer.returncode:
        raise StepFailed(f"Maven: コード {answer.returncode} / exit code {answer.returncode}", MAVEN_LOG)
    write_json(STAMP, {"recipe": recipe})


def _schema_of_ckan() -> Path:
    found = next((PYTHON.parents[1] / "lib").glob("python3*/site-packages/ckan/config/solr/schema.xml"), None)
    if found is None:
        raise StepFailed("CKAN の schema.xml がありません / the installed CKAN has no schema.xml")
    return found


def prepare(instance: Instance) -> str:
    """Lay out the cores; return a stamp that changes when they must be loaded anew.

    CKAN's core has CKAN's own schema, patched; the public inventory has a core of its own.
    """
    schema = _schema_of_ckan()
    instance.solr_home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(SOURCE / "solr.xml", instance.solr_home / "solr.xml")
    shared = [SOURCE / name for name in ("patch_schema.py", "solr.xml", "jetty.xml", "pom.xml")]
    stamps = [
        _lay_out(instance, instance.core, [*shared, schema], [SOURCE / "patch_schema.py", schema]),
        _lay_out(
            instance,
            instance.inventory_core,
            [*shared, SOURCE / "inventory_schema.py"],
            [SOURCE / "inventory_schema.py"],
        ),
    ]
    return fingerprint([], *stamps)


def _lay_out(instance: Instance, name: str, made_of: list[Path], maker: list[Path]) -> str:
    """Write the files of a core where something they are made of has changed; `maker` writes the schema."""
    sources = [SOURCE / file for file in CORE_FILES]
    stamp = fingerprint([*sources, *made_of], name)
    core = instance.solr_home / name
    if read_json(core / "stamp.json").get("stamp") == stamp:
        return stamp
    (core / "conf").mkdir(parents=True, exist_ok=True)
    for source in sources:
        shutil.copyfile(source, core / "conf" / source.name)
    answer = subprocess.run(
        [sys.executable, *map(str, maker), str(core / "conf" / "schema.xml")],
        capture_output=True, text=True, check=False, env=clean_environment(),
    )  # fmt: skip
    if answer.returncode:
        raise StepFailed(f"Solr のスキーマを作れません / the schema cannot be made: {answer.stderr.strip()}")
    (core / "core.properties").write_text(f"name={name}\n", encoding="utf-8")
    write_json(core / "stamp.json", {"stamp": stamp})
    return stamp


def part(instance: Instance, port: int, stamp: str) -> Part:
    """Return the server as a process. It starts in the folder of its jars, whose path then needs no spelling."""
    program = java()
    if program is None:
        raise StepFailed("Java 17 以上がありません / no Java 17 or newer")
    properties = {
        "solr.solr.home": instance.solr_home,
        "solr.log.dir": instance.logs,
        "solr.install.dir": SOLR_DIST,
        "log4j2.configurationFile": SOURCE / "log4j2.xml",
        "java.io.tmpdir": instance.folder / "tmp",
        "java.awt.headless": "true",
        "file.encoding": "UTF-8",
    }
    (instance.folder / "tmp").mkdir(parents=True, exist_ok=True)
    options = [f"-D{name}={value}" for name, value in properties.items()]
    command = [
        str(program), *MEMORY, *(QUICK_START if instance.is_test else ()), *options, "-cp", "lib/*",
        "org.eclipse.jetty.xml.XmlConfiguration", str(SOURCE / "jetty.xml"),
        f"solr.port={port}", f"solr.webapp={SOURCE / 'webapp'}",
    ]  # fmt: skip
    return Part(instance, "solr", tuple(command), folder=SOLR_DIST, stamp=f"{stamp}-{port}")


def url(instance: Instance, port: int) -> str:
    """Return the address of CKAN's core."""
    return f"http://127.0.0.1:{port}/solr/{instance.core}"


def inventory_url(instance: Instance, port: int) -> str:
    """Return the address of the core of the public inventory."""
    return f"http://127.0.0.1:{port}/solr/{instance.inventory_core}"


def ready(instance: Instance, port: int) -> bool:
    """Return whether both cores answer a query."""
    cores = (url(instance, port), inventory_url(instance, port))
    return all(get_json(f"{core}/admin/ping?wt=json").get("status") == "OK" for core in cores)


def get_json(address: str, *, seconds: float = 5) -> dict[str, object]:
    """Return the JSON object at an address of this machine, an empty one when there is none."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=seconds) as answer:
            found = json.load(answer)
    except (OSError, ValueError, urllib.error.URLError):
        return {}
    return found if isinstance(found, dict) else {}
