"""The parts that run CKAN: web, worker and clock."""

from __future__ import annotations

from portal_parts import ckan, postgres, redis, solr
from portal_parts.paths import CHECKOUT, CONFIG, PYTHON, Instance
from portal_parts.processes import Part, leader, members
from portal_parts.say import StepFailed
from portal_parts.state import fingerprint

__all__ = ["clock", "clock_ready", "code_stamp", "web", "web_ready", "worker", "worker_ready"]

#: The advisory lock of `ckanext.hokkaido_core.clock`, whose holder is the one clock of the database.
CLOCK_LOCK = 4_770_001


def code_stamp() -> str:
    """Return a text that changes with the code, templates and catalogues that a running process holds."""
    folders = ("ckanext", "schemas", "config")
    files = (
        path for folder in folders for path in (CHECKOUT / folder).rglob("*") if path.suffix not in {".pyc", ".po"}
    )
    seen = [f"{path}:{path.stat().st_mtime_ns}" for path in sorted(files) if path.is_file()]
    return fingerprint([CHECKOUT / "constraints.txt", CHECKOUT / "pyproject.toml"], *seen)


def web(instance: Instance, ports: dict[str, int], stamp: str) -> Part:
    """Return the web processes."""
    command = (
        str(PYTHON),
        "-P",
        "-m",
        "gunicorn",
        "--config",
        str(CONFIG / "gunicorn.conf.py"),
        "--chdir",
        str(CONFIG),
        "wsgi:application",
    )
    environment = {"CKAN_INI": str(instance.ini), "HOKKAIDO_WEB_BIND": f"127.0.0.1:{ports['web']}"}
    return Part(instance, "web", command, folder=CHECKOUT, environment=environment, stamp=stamp)


def web_ready(ports: dict[str, int]) -> bool:
    """Return whether the pages answer."""
    return solr.get_json(f"{ckan.site_url(ports)}/api/3/action/status_show", seconds=30).get("success") is True


def worker(instance: Instance, stamp: str) -> Part:
    """Return the process that does background jobs."""
    return _ckan_part(instance, "worker", ("jobs", "worker"), stamp)


def clock(instance: Instance, stamp: str) -> Part:
    """Return the process that does what is due by time."""
    return _ckan_part(instance, "clock", ("hokkaido", "clock", "run"), stamp)


def _ckan_part(instance: Instance, name: str, arguments: tuple[str, ...], stamp: str) -> Part:
    command = tuple(ckan.command(*arguments, ini=instance.ini))
    return Part(instance, name, command, folder=CHECKOUT, stamp=stamp, patience=15)


def worker_ready(part: Part, port: int, password: str) -> bool:
    """Return whether the worker that lives is one that Redis knows; a killed one stays registered for a while."""
    pids = {str(pid) for pid in members(part)}
    names = redis.ask(port, password, "SMEMBERS", "rq:workers", number=part.instance.redis_number)
    return any(
        set(redis.ask(port, password, "HGET", name, "pid", number=part.instance.redis_number)) & pids for name in names
    )


def clock_ready(part: Part, port: int, password: str) -> bool:
    """Return whether the clock lives and holds its lock, which it loses when the database goes away."""
    if leader(part) is None:
        return False
    try:
        held = postgres.psql(port, password, "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND granted")
    except StepFailed:
        return False
    return str(CLOCK_LOCK) in held.splitlines()
