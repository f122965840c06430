"""A private Redis for sessions and background jobs, which must survive a restart."""

from __future__ import annotations

import socket
from pathlib import Path

from portal_parts.paths import Instance
from portal_parts.processes import Part
from portal_parts.say import StepFailed
from portal_parts.state import write_private
from portal_parts.system_packages import redis_server

__all__ = ["ask", "part", "prepare", "ready", "url"]


def prepare(instance: Instance, port: int, password: str) -> Path:
    """Write the settings; return their file."""
    instance.redis_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = instance.redis_folder / "redis.conf"
    write_private(
        path,
        "\n".join(
            [
                "bind 127.0.0.1",
                f"port {port}",
                "protected-mode yes",
                f"requirepass {password}",
                "daemonize no",
                # The mark in the environment must stay readable.
                "set-proc-title no",
                # Relative: a path with a blank or Japanese characters needs no quoting. The process starts here.
                "dir .",
                f"appendonly {'no' if instance.is_test else 'yes'}",
                "appendfsync everysec",
                'save ""',
                "maxmemory-policy noeviction",
                "",
            ]
        ),
    )
    return path


def part(instance: Instance, port: int) -> Part:
    """Return the server as a process."""
    program = redis_server()
    if program is None:
        raise StepFailed("redis-server がありません / not found")
    command = instance.redis_folder / "redis-server"
    # The program decides by its own name whether it serves or checks a file.
    if not command.is_symlink() or command.resolve() != program.resolve():
        command.unlink(missing_ok=True)
        command.symlink_to(program.resolve())
    return Part(instance, "redis", (str(command), "redis.conf"), folder=instance.redis_folder, stamp=str(port))


def ready(port: int, password: str) -> bool:
    """Return whether the server answers to our password and has read its data."""
    return ask(port, password, "PING") == ["PONG"]


def ask(port: int, password: str, *command: str, number: int = 0) -> list[str]:
    """Send one command; return the texts of its answer, none when there is no server or it refuses."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(
                _request("AUTH", password) + _request("SELECT", str(number)) + _request(*command) + _request("QUIT")
            )
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
    except OSError:
        return []
    lines = answer.decode(errors="replace").split("\r\n")
    # The first two lines answer AUTH and SELECT, the last one QUIT; what starts with $ or * only counts.
    if lines[0] != "+OK" or any(line.startswith("-") for line in lines):
        return []
    return [line.removeprefix("+").removeprefix(":") for line in lines[2:-2] if not line.startswith(("$", "*"))]


def _request(*words: str) -> bytes:
    encoded = [word.encode() for word in words]
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in encoded)


def url(instance: Instance, port: int, password: str) -> str:
    """Return the address of the instance's Redis database."""
    return f"redis://:{password}@127.0.0.1:{port}/{instance.redis_number}"
