"""A private PostgreSQL: UTF-8, loopback only, passwords always; never one of the machine's own clusters."""

from __future__ import annotations

import functools
import os
import pwd
import secrets as random
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from portal_parts.paths import CHECKOUT, SITE, Instance
from portal_parts.processes import Part, clean_environment, members
from portal_parts.say import StepFailed, note
from portal_parts.state import done, mark_done
from portal_parts.system_packages import postgres_bin

__all__ = [
    "data_folder",
    "ensure_cluster",
    "ensure_databases",
    "forget_dead",
    "known",
    "part",
    "psql",
    "ready",
    "remove_data",
    "url",
]

SERVICE_USER = "postgres"

#: Speed instead of surviving a power cut, for databases that live as long as a test run. A killed server loses nothing.
CARELESS = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "autovacuum=off")


def _user() -> tuple[int, int] | None:
    """Return who runs the server when root may not: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(SERVICE_USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--user-group", "--no-create-home", SERVICE_USER], check=True)
        entry = pwd.getpwnam(SERVICE_USER)
    return entry.pw_uid, entry.pw_gid


def _program(name: str, data: Path | None = None) -> str:
    """Return a program: that of the version which made the database files, where there are any."""
    note_of_version = data / "PG_VERSION" if data else None
    made_by = note_of_version.read_text().strip() if note_of_version and note_of_version.exists() else ""
    folder = postgres_bin(made_by) or postgres_bin()
    if folder is None:
        raise StepFailed(f"PostgreSQL の {name} がありません / not found")
    return str(folder / name)


def data_folder(instance: Instance) -> Path:
    """Return where the database files lie, chosen once.

    Under root they lie outside of the checkout, where the service user can reach them. The folder's name is new each
    time: files of an instance whose passwords are lost are never taken for ours.
    """
    known = done(instance, "pg_data")
    if known:
        return Path(known)
    folder = SITE / f"{instance.key}-{random.token_hex(4)}" / "pg" if os.geteuid() == 0 else instance.folder / "pg"
    mark_done(instance, "pg_data", str(folder))
    return folder


def _cluster(instance: Instance) -> str:
    return f"hokkaido-{instance.key}"


def _is_server(data: str, arguments: list[str]) -> bool:
    return Path(arguments[0]).name == "postgres" and data in arguments[1:]


def _is_ours(data: str, cluster: str, arguments: list[str]) -> bool:
    return _is_server(data, arguments) or arguments[0].startswith(f"postgres: {cluster}:")


def part(instance: Instance, port: int) -> Part:
    """Return the server as a process."""
    data, cluster = str(data_folder(instance)), _cluster(instance)
    settings = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "cluster_name": cluster,
        "max_connections": "120",
        "shared_buffers": "128MB",
        "timezone": "Asia/Tokyo",
        "log_timezone": "Asia/Tokyo",
        "password_encryption": "scram-sha-256",
    }
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    careless = CARELESS if instance.is_test else ()
    return Part(
        instance,
        "postgres",
        (_program("postgres", Path(data)), "-D", data, "-p", str(port), *options, *careless),
        user=_user(),
        stop_signal=signal.SIGQUIT if instance.is_test else signal.SIGINT,
        patience=60,
        recognise=functools.partial(_is_ours, data, cluster),
        leads=functools.partial(_is_server, data),
    )


def ensure_cluster(instance: Instance, secrets: dict[str, str]) -> None:
    """Make the database files unless they are there."""
    data = data_folder(instance)
    if done(instance, "pg_ready") and (data / "PG_VERSION").exists():
        return
    user = _user()
    if user:
        # The way to it must be open to the service user; the files themselves are its own.
        data.parent.mkdir(parents=True, exist_ok=True)
        for folder in (SITE, data.parent):
            folder.chmod(0o755)
        (data.parent / "owner.txt").write_text(f"{CHECKOUT}\n{instance.name}\n", encoding="utf-8")
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True, mode=0o700)
    log = instance.log("initdb")
    log.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", suffix=".pw") as password, log.open("ab") as output:
        password.write(secrets["pg_super"])
        password.flush()
        if user:
            os.chown(data, *user)
            os.chown(password.name, *user)
        identity = {"user": user[0], "group": user[1], "extra_groups": []} if user else {}
        command = [
            _program("initdb"), "-D", str(data), "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8",
            "--auth=scram-sha-256", f"--pwfile={password.name}", *(["--no-sync"] if instance.is_test else []),
        ]  # fmt: skip
        answer = subprocess.run(
            command, cwd="/", check=False, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            env=clean_environment(), **identity,
        )  # fmt: skip
    if answer.returncode:
        raise StepFailed(f"initdb: コード {answer.returncode}", log)
    mark_done(instance, "pg_ready")


def forget_dead(server: Part) -> None:
    """Delete the server's own note of its process number when no process of it is left.

    The server would refuse to start while that number is in use, be it by a stranger or by its own unburied remains.
    """
    if not members(server):
        (data_folder(server.instance) / "postmaster.pid").unlink(missing_ok=True)


def psql(port: int, password: str, sql: str, *, database: str = "postgres") -> str:
    """Run SQL as the superuser, all of it or nothing of a failing statement; return the bare rows."""
    where = ["-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "-d", database]
    answer = subprocess.run(
        [_program("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", *where],
        input=sql, text=True, capture_output=True, check=False, cwd="/",
        env=clean_environment(PGPASSWORD=password, PGCONNECT_TIMEOUT="5"),
    )  # fmt: skip
    if answer.returncode:
        raise StepFailed(f"PostgreSQL: {answer.stderr.strip()}")
    return answer.stdout.strip()


def ready(port: int, password: str) -> bool:
    """Return whether the server answers to our password."""
    try:
        return psql(port, password, "SELECT 1") == "1"
    except StepFailed:
        return False


def ensure_databases(instance: Instance, port: int, secrets: dict[str, str]) -> None:
    """Make the roles and the two databases; the passwords are set again each time, which changes nothing."""
    stamp = [*instance.databases, secrets["pg_ckan"][:4], secrets["pg_datastore"][:4]]
    if done(instance, "databases") == stamp:
        return
    password = secrets["pg_super"]
    roles = psql(port, password, "SELECT rolname FROM pg_roles").splitlines()
    databases = psql(port, password, "SELECT datname FROM pg_database").splitlines()
    for role, key in (("ckan", "pg_ckan"), ("datastore_read", "pg_datastore")):
        if role not in roles:
            psql(port, password, f"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE")
        psql(port, password, f"ALTER ROLE {role} PASSWORD '{secrets[key]}'")
    for database in instance.databases:
        if database not in databases:
            psql(port, password, f"CREATE DATABASE {database} OWNER ckan ENCODING 'UTF8' TEMPLATE template0")
        psql(port, password, f"REVOKE ALL ON DATABASE {database} FROM PUBLIC")
    mark_done(instance, "databases", stamp)


def url(instance: Instance, port: int, secrets: dict[str, str], kind: str) -> str:
    """Return the address of CKAN's database (`main`) or of the DataStore's (`write`, `read`)."""
    role, key = ("datastore_read", "pg_datastore") if kind == "read" else ("ckan", "pg_ckan")
    database = instance.databases[0 if kind == "main" else 1]
    return f"postgresql://{role}:{secrets[key]}@127.0.0.1:{port}/{database}"


def remove_data(instance: Instance) -> None:
    """Delete the database files."""
    known = done(instance, "pg_data")
    if not known:
        return
    shutil.rmtree(known, ignore_errors=True)
    holder = Path(known).parent
    if holder.parent == SITE:
        shutil.rmtree(holder, ignore_errors=True)
        if SITE.is_dir() and not any(SITE.iterdir()):
            SITE.rmdir()
    elif Path(known).exists():
        note(f"消せませんでした / could not be removed: {known}")


def known(instance: Instance) -> bool:
    """Return whether a place for the database files was ever chosen."""
    return bool(done(instance, "pg_data"))
