"""An instance as a whole: bring its services and processes up, look at them, take them down, remove them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from subprocess import Popen

from portal_parts import ckan, parts, ports, postgres, redis, solr
from portal_parts.paths import Instance
from portal_parts.processes import Part, leader, stamp_of, start, stop, wait_until
from portal_parts.say import StepFailed, note
from portal_parts.state import make_secrets

__all__ = ["Watched", "processes", "remove", "services", "start_processes", "start_services", "stop_all"]

SERVICES = ("postgres", "redis", "solr")
PROCESSES = ("web", "worker", "clock")


@dataclass(frozen=True)
class Watched:
    """A part with the question whether it does its work."""

    part: Part
    ready: Callable[[], bool]
    address: str = ""
    seconds: float = 180
    #: How long a living part that does not answer is given to recover, as after a lost database.
    recovery: float = 30

    @property
    def healthy(self) -> bool:
        """Whether the process lives and answers."""
        return leader(self.part) is not None and self.ready()


def services(instance: Instance, *, prepare: bool = True) -> list[Watched]:
    """Return PostgreSQL, Redis and Solr; `prepare` writes their files first."""
    chosen, secrets = ports.load(instance), make_secrets(instance)
    if prepare:
        redis.prepare(instance, chosen["redis"], secrets["redis"])
    stamp = solr.prepare(instance) if prepare else ""
    pg, rd, so = chosen["postgres"], chosen["redis"], chosen["solr"]
    return [
        Watched(postgres.part(instance, pg), lambda: postgres.ready(pg, secrets["pg_super"]), f"127.0.0.1:{pg}"),
        Watched(redis.part(instance, rd), lambda: redis.ready(rd, secrets["redis"]), f"127.0.0.1:{rd}"),
        Watched(solr.part(instance, so, stamp), lambda: solr.ready(instance, so), f"http://127.0.0.1:{so}/solr"),
    ]


def processes(instance: Instance, stamp: str = "") -> list[Watched]:
    """Return the web processes, the worker and the clock."""
    chosen, secrets = ports.load(instance), make_secrets(instance)
    web, worker, clock = parts.web(instance, chosen, stamp), parts.worker(instance, stamp), parts.clock(instance, stamp)
    return [
        Watched(web, lambda: parts.web_ready(chosen), ckan.site_url(chosen), 240),
        Watched(worker, lambda: parts.worker_ready(worker, chosen["redis"], secrets["redis"]), "", 240),
        Watched(clock, lambda: parts.clock_ready(clock, chosen["postgres"], secrets["pg_super"]), "", 240, 0),
    ]


def start_services(instance: Instance) -> None:
    """Start what does not run of the services, each on a port that is its own, and wait for all of them."""
    instance.logs.mkdir(parents=True, exist_ok=True)
    instance.folder.chmod(0o700)
    postgres.ensure_cluster(instance, make_secrets(instance))
    _own_ports(instance, services(instance), SERVICES)
    _bring_up(services(instance))


def start_processes(instance: Instance) -> None:
    """Start what does not run of web, worker and clock, or runs with older settings or code."""
    _own_ports(instance, processes(instance), ("web",))
    settings = ckan.write_ini(instance, ports.load(instance), make_secrets(instance))
    _bring_up(processes(instance, f"{settings}-{parts.code_stamp()}"))


def _own_ports(instance: Instance, watched: list[Watched], names: tuple[str, ...]) -> None:
    """Give a part that does not run another port when a stranger holds its own."""
    for one in watched:
        name = one.part.name
        if name not in names or leader(one.part) is not None:
            continue
        # Orphans of an earlier life may still hold the port.
        stop(one.part)
        port = ports.load(instance)[name]
        if not ports.comes_free(port):
            new = ports.renew(instance, name)
            note(f"{name}: ポート {port} は使われているため {new} にします / port {port} is taken, now {new}")


def _bring_up(watched: list[Watched]) -> None:
    began: dict[str, Popen[bytes]] = {}
    for one in watched:
        if _must_start(one):
            note(f"{one.part.name} を起動 / starting")
            stop(one.part)
            if one.part.name == "postgres":
                postgres.forget_dead(one.part)
            began[one.part.name] = start(one.part)
    for one in watched:
        wait_until(lambda one=one: one.healthy, one.part, began.get(one.part.name), seconds=one.seconds)


def _must_start(one: Watched) -> bool:
    pid = leader(one.part)
    if pid is None:
        return True
    if one.part.stamp and stamp_of(pid) != one.part.stamp:
        return True
    return not one.ready() and not _recovers(one)


def _recovers(one: Watched) -> bool:
    try:
        wait_until(one.ready, one.part, seconds=one.recovery)
    except StepFailed:
        return False
    return True


def stop_all(instance: Instance) -> list[str]:
    """End every part of an instance, whatever is left of it; return the names of those that ran."""
    ended = [name for name in (*PROCESSES, "solr", "redis") if stop(Part(instance, name))]
    if postgres.known(instance) and stop(postgres.part(instance, 0)):
        ended.append("postgres")
    return ended


def remove(instance: Instance) -> None:
    """End an instance and delete everything it owns."""
    stop_all(instance)
    postgres.remove_data(instance)
    shutil.rmtree(instance.folder, ignore_errors=True)
