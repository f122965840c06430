"""CKAN itself: its settings, its own command line, and what prepares its databases."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from portal_parts import postgres, redis, settings, solr
from portal_parts.paths import CHECKOUT, PYTHON, Instance
from portal_parts.processes import clean_environment
from portal_parts.say import StepFailed, note
from portal_parts.state import done, fingerprint, mark_done, write_private

__all__ = [
    "addresses",
    "command",
    "datastore_permissions",
    "load_sample",
    "migrate",
    "public_url",
    "run",
    "site_url",
    "translate_scripts",
    "write_ini",
]

#: CKAN's command line without its script, whose first line cannot hold every path.
ENTRY = "import sys; from ckan.cli.cli import ckan; sys.exit(ckan(prog_name='ckan'))"


def site_url(ports: dict[str, int]) -> str:
    """Return the address of the pages on this machine."""
    return f"http://127.0.0.1:{ports['web']}"


def public_url(instance: Instance, ports: dict[str, int]) -> str:
    """Return the address by which people know the pages: the operator's, where one is set."""
    return _local(instance).get("ckan.site_url") or site_url(ports)


def _local(instance: Instance) -> dict[str, str]:
    return {} if instance.is_test else settings.local()


def addresses(instance: Instance, ports: dict[str, int], secrets: dict[str, str]) -> dict[str, str]:
    """Return the variables by which CKAN learns of its services, for the test lanes."""
    return {
        "CKAN_SQLALCHEMY_URL": postgres.url(instance, ports["postgres"], secrets, "main"),
        "CKAN_DATASTORE_WRITE_URL": postgres.url(instance, ports["postgres"], secrets, "write"),
        "CKAN_DATASTORE_READ_URL": postgres.url(instance, ports["postgres"], secrets, "read"),
        "CKAN_SOLR_URL": solr.url(instance, ports["solr"]),
        "CKAN_REDIS_URL": redis.url(instance, ports["redis"], secrets["redis"]),
        "CKAN_STORAGE_PATH": str(instance.storage),
    }


def write_ini(instance: Instance, ports: dict[str, int], secrets: dict[str, str]) -> str:
    """Write the settings where they changed; return their fingerprint."""
    found = addresses(instance, ports, secrets)
    address = public_url(instance, ports)
    values = {
        "secret_key": secrets["secret_key"],
        "jwt": secrets["jwt"],
        "database_url": found["CKAN_SQLALCHEMY_URL"],
        "datastore_write_url": found["CKAN_DATASTORE_WRITE_URL"],
        "datastore_read_url": found["CKAN_DATASTORE_READ_URL"],
        "solr_url": found["CKAN_SOLR_URL"],
        "inventory_solr_url": solr.inventory_url(instance, ports["solr"]),
        "redis_url": found["CKAN_REDIS_URL"],
        "storage_path": found["CKAN_STORAGE_PATH"],
        "site_id": "hokkaido_test" if instance.is_test else "hokkaido",
        "site_url": address,
        # Cookies do not know ports: two portals on one machine must not end each other's sessions.
        "cookie_name": f"hokkaido_{ports['web']}",
        "secure_cookies": "true" if address.startswith("https:") else "false",
    }
    filled = settings.render(settings.TEMPLATE.read_text(encoding="utf-8"), values)
    text = settings.overridden(filled, _local(instance))
    write_private(instance.ini, text)
    instance.storage.mkdir(parents=True, exist_ok=True)
    return fingerprint([], text)


def command(*arguments: str, ini: Path) -> list[str]:
    """Return CKAN's command line with these settings."""
    return [str(PYTHON), "-P", "-c", ENTRY, "--config", str(ini), *arguments]


def run(instance: Instance, *arguments: str, environment: dict[str, str] | None = None, ini: Path | None = None) -> str:
    """Run one of CKAN's commands; return what it printed."""
    log = instance.log("ckan-command")
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a+", encoding="utf-8") as errors:
        errors.write(f"\n$ ckan {' '.join(arguments)}\n")
        errors.flush()
        answer = subprocess.run(
            command(*arguments, ini=ini or instance.ini),
            cwd=CHECKOUT, env=clean_environment(**(environment or {})), check=False, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors,
        )  # fmt: skip
        errors.write(answer.stdout)
    if answer.returncode:
        raise StepFailed(f"ckan {' '.join(arguments)}: コード {answer.returncode}", log)
    return answer.stdout


def _migrations() -> str:
    """Return a fingerprint of everything that migrates: CKAN's version, its plugins, ours."""
    packages = next((PYTHON.parents[1] / "lib").glob("python3*/site-packages"))
    versions = [
        folder.name for pattern in ("ckan-*.dist-info", "ckanext_*.dist-info") for folder in packages.glob(pattern)
    ]
    return fingerprint(CHECKOUT.glob("ckanext/*/migration/*/versions/*.py"), *sorted(versions))


def migrate(instance: Instance, *, environment: dict[str, str] | None = None, ini: Path | None = None) -> None:
    """Bring the tables of CKAN and of every plugin up to date, when a migration was added since the last time."""
    wanted = _migrations()
    if done(instance, "migrations") == wanted:
        return
    run(instance, "db", "upgrade", environment=environment, ini=ini)
    mark_done(instance, "migrations", wanted)


def datastore_permissions(
    instance: Instance,
    port: int,
    secrets: dict[str, str],
    *,
    environment: dict[str, str] | None = None,
    ini: Path | None = None,
) -> None:
    """Give the DataStore's read-only role what CKAN says it needs."""
    if done(instance, "datastore"):
        return
    sql = run(instance, "datastore", "set-permissions", environment=environment, ini=ini)
    # The script connects to the database by its name, which psql does without a password file only from outside.
    postgres.psql(port, secrets["pg_super"], re.sub(r"(?m)^\\connect .*$", "", sql), database=instance.databases[1])
    mark_done(instance, "datastore")


def translate_scripts(instance: Instance) -> None:
    """Write the words of the browser's scripts in each language, when a catalogue changed since the last time."""
    wanted = fingerprint([*CHECKOUT.glob("ckanext/*/i18n/*/LC_MESSAGES/*.po"), CHECKOUT / "constraints.txt"])
    if done(instance, "scripts") == wanted:
        return
    run(instance, "translation", "js")
    mark_done(instance, "scripts", wanted)


def load_sample(instance: Instance, secrets: dict[str, str]) -> bool:
    """Load the sample portal once; return whether there is one."""
    if done(instance, "sample"):
        return True
    if not re.search(r"(?m)^\s+sample\b", run(instance, "hokkaido", "--help")):
        note("サンプルはまだありません / there is no sample yet")
        return False
    run(instance, "hokkaido", "sample", "load", environment={"HOKKAIDO_SAMPLE_PASSWORD": secrets["sample"]})
    mark_done(instance, "sample")
    return True
