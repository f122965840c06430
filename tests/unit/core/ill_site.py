"""A site on this machine that answers as a test wants, however ill."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ckanext.hokkaido_core.domain.fetching import Policy

__all__ = ["Reply", "Server", "always", "moved", "said", "serving"]

Reply = Callable[[socket.socket, str], None]


@dataclass
class Server:
    """A server that answers each connection by a function, and keeps what was asked."""

    port: int
    asked: list[str] = field(default_factory=list)
    policy: Policy = field(default_factory=Policy)

    def url(self, path: str = "/", host: str = "localhost") -> str:
        return f"http://{host}:{self.port}{path}"


@contextmanager
def serving(reply: Reply, address: str = "127.0.0.1", context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Run a server that gives `reply` the connection and the path of each request."""
    listener = socket.create_server((address, 0))
    server = Server(listener.getsockname()[1])
    server.policy = Policy(ports=(server.port,), internal=("localhost",), seconds=5)

    def one(connection: socket.socket) -> None:
        with connection:
            try:
                talk = context.wrap_socket(connection, server_side=True) if context else connection
                head = b""
                while b"\r\n\r\n" not in head and (more := talk.recv(4096)):
                    head += more
                server.asked.append(head.decode())
                reply(talk, head.decode().split(" ")[1] if head else "")
            except OSError:
                return

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=one, args=(connection,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield server
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def said(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """Return a whole answer."""
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *lines])
    return head.encode() + b"\r\n\r\n" + body


def always(answer: bytes) -> Reply:
    """Return a reply that is the same for everybody."""
    return lambda talk, _path: talk.sendall(answer)


def moved(to: str, status: str = "302 Found") -> bytes:
    """Return an answer that leads elsewhere."""
    return said(status=status, Location=to)
