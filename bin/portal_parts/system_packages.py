"""What must come from the system: looked for first, installed with apt only when it is missing."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from portal_parts.paths import VAR
from portal_parts.say import StepFailed, note

__all__ = ["base_python", "chromium", "ensure", "ensure_browser", "java", "postgres_bin", "redis_server"]

#: The oldest versions that the suite runs on.
POSTGRES, JAVA = 14, 17

CLUSTER_SETTINGS = Path("/etc/postgresql-common/createcluster.conf")
SERVICE_POLICY = Path("/usr/sbin/policy-rc.d")
LOG = VAR / "logs" / "apt.log"


def postgres_bin(version: str = "") -> Path | None:
    """Return the folder of PostgreSQL's programs: of this major version, or of the newest that is new enough."""
    found = {
        int(folder.parent.name): folder
        for folder in Path("/usr/lib/postgresql").glob("*/bin")
        if folder.parent.name.isdigit() and all((folder / name).exists() for name in ("initdb", "postgres", "psql"))
    }
    if version:
        return found.get(int(version))
    if found and max(found) >= POSTGRES:
        return found[max(found)]
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def redis_server() -> Path | None:
    """Return the Redis server; Debian's redis-tools holds it under the name of its file checker.

    The package redis-server would add nothing but a service of the machine's own, which the portal must not start.
    """
    found = shutil.which("redis-server") or shutil.which("redis-check-rdb")
    return Path(found) if found else None


@cache
def java() -> Path | None:
    """Return a Java that is new enough."""
    candidates = [shutil.which("java"), *map(str, Path("/usr/lib/jvm").glob("*/bin/java"))]
    for candidate in filter(None, candidates):
        answer = subprocess.run(
            [candidate, "-XshowSettings:properties", "-version"], capture_output=True, text=True, check=False
        )
        version = next(
            (text.split("=")[1] for text in answer.stderr.splitlines() if "java.specification.version =" in text), "0"
        )
        if version.strip().isdigit() and int(version) >= JAVA:
            return Path(candidate)
    return None


@cache
def base_python() -> Path | None:
    """Return the Python from which the virtual environment is made: the system's, or the one that runs now."""
    for candidate in ("/usr/bin/python3", sys.executable):
        probe = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"
        if (
            Path(candidate).exists()
            and subprocess.run([candidate, "-c", probe], capture_output=True, check=False).returncode == 0
        ):
            return Path(candidate)
    return None


def _python_headers() -> bool:
    python = base_python()
    if python is None:
        return False
    asked = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('include'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return (Path(asked.stdout.strip()) / "Python.h").exists()


def _library(name: str) -> bool:
    triplet = sysconfig.get_config_var("MULTIARCH") or ""
    folders = [Path("/usr/lib") / triplet, Path("/lib") / triplet, Path("/usr/lib")]
    return any(next(folder.glob(f"lib{name}.so*"), None) for folder in folders) or bool(ctypes.util.find_library(name))


#: Debian package -> whether what it brings is already here, from whatever source.
NEEDED: dict[str, Callable[[], object]] = {
    "postgresql": postgres_bin,
    "redis-tools": redis_server,
    "default-jre-headless": java,
    "maven": lambda: shutil.which("mvn"),
    "python3-venv": base_python,
    "python3-dev": _python_headers,
    "gcc": lambda: shutil.which("gcc"),
    "libpq-dev": lambda: shutil.which("pg_config") and Path("/usr/include/postgresql/libpq-fe.h").exists(),
    "libc6-dev": lambda: Path("/usr/include/stdio.h").exists(),
    "libmagic1": lambda: _library("magic"),
    "tzdata": lambda: Path("/usr/share/zoneinfo/Asia/Tokyo").exists(),
    "ca-certificates": lambda: Path("/etc/ssl/certs/ca-certificates.crt").exists() or os.environ.get("SSL_CERT_FILE"),
}

FONTS = "fonts-noto-cjk"


def chromium() -> Path | None:
    """Return a Chromium or Chrome that can be driven without a screen."""
    for name in ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser"):
        found = shutil.which(name)
        # Ubuntu's package is a doorway to a snap, which cannot run in every place a test runs in.
        if found and b"snap" not in Path(found).read_bytes()[:4096]:
            return Path(found)
    return None


def ensure() -> None:
    """Install the missing packages of a portal."""
    missing = [package for package, present in NEEDED.items() if not present()]
    if not missing:
        return
    _install(missing)
    for found in (java, base_python):
        found.cache_clear()
    still = [package for package, present in NEEDED.items() if not present()]
    if still:
        raise StepFailed(f"入れたはずのものが見つかりません / installed but not found: {' '.join(still)}", LOG)


def ensure_browser() -> Path | None:
    """Return a browser for the browser tests, installing Debian's with Japanese fonts; None where there is none."""
    fonts = any(Path("/usr/share/fonts").rglob("NotoSansCJK*"))
    missing = ([] if chromium() else ["chromium"]) + ([] if fonts else [FONTS])
    if "chromium" in missing and "ubuntu" in Path("/etc/os-release").read_text(encoding="utf-8").lower():
        missing.remove("chromium")
    if missing:
        _install(missing)
    return chromium()


def _install(packages: list[str]) -> None:
    note(f"apt: {' '.join(packages)}")
    if shutil.which("apt-get") is None:
        raise StepFailed(
            f"apt-get がありません。次を用意してください / without apt-get, please provide: {' '.join(packages)}"
        )
    LOG.parent.mkdir(parents=True, exist_ok=True)
    _apt("update")
    with _no_services():
        if "postgresql" in packages:
            _apt("install", "-y", "--no-install-recommends", "postgresql-common")
            with _no_main_cluster():
                _apt("install", "-y", "--no-install-recommends", *packages)
        else:
            _apt("install", "-y", "--no-install-recommends", *packages)


def _privileged(*command: str) -> list[str]:
    if os.geteuid() == 0:
        return list(command)
    if shutil.which("sudo") is None:
        raise StepFailed(f"root か sudo が必要です / root or sudo is needed for: {' '.join(command)}")
    ask = [] if sys.stdin.isatty() else ["-n"]
    return ["sudo", *ask, "env", "DEBIAN_FRONTEND=noninteractive", *command]


def _apt(*arguments: str) -> None:
    # A fresh machine may still be installing its own updates: wait for it instead of failing.
    _run("apt-get", "-q", "-o", "DPkg::Lock::Timeout=600", *arguments)


def _run(*command: str, text: str | None = None) -> None:
    with LOG.open("a", encoding="utf-8") as log:
        answer = subprocess.run(
            _privileged(*command),
            check=False,
            text=True,
            input=text or "",
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
    if answer.returncode:
        raise StepFailed(f"{' '.join(command)}: コード {answer.returncode} / exit code {answer.returncode}", LOG)


@contextmanager
def _no_services() -> Iterator[None]:
    """Keep packages from starting services while they are installed: the portal runs its own."""
    if SERVICE_POLICY.exists():
        yield
        return
    _run("tee", str(SERVICE_POLICY), text="#!/bin/sh\nexit 101\n")
    _run("chmod", "755", str(SERVICE_POLICY))
    try:
        yield
    finally:
        _run("rm", "-f", str(SERVICE_POLICY))


@contextmanager
def _no_main_cluster() -> Iterator[None]:
    """Keep the package from making a cluster of the machine's own; its settings are put back afterwards."""
    before = CLUSTER_SETTINGS.read_text(encoding="utf-8") if CLUSTER_SETTINGS.exists() else ""
    _run("tee", str(CLUSTER_SETTINGS), text=before + "\ncreate_main_cluster = false\n")
    try:
        yield
    finally:
        _run("tee", str(CLUSTER_SETTINGS), text=before)
