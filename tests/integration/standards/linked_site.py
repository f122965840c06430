"""A site on this machine at which files lie, and which answers as a test wants."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

__all__ = ["HALL", "HEADINGS", "TABLE", "Reply", "Site", "serving"]

HEADINGS = "\ufeff全国地方公共団体コード,ID,名称,所在地_連結表記,緯度,経度,設置位置\r\n"
HALL = "012025,1,函館市役所,北海道函館市東雲町4番13号,41.7687,140.7288,1階\r\n"
TABLE = (HEADINGS + HALL).encode()


@dataclass
class Reply:
    """What a site answers; a body that is `None` never comes."""

    body: bytes | None = TABLE
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/csv"})
    unless: str = ""


class Site(ThreadingHTTPServer):
    """A site whose answers a test sets by path, and which keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies: dict[str, Reply] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.sent = 0

    def url(self, path: str = "/aed.csv", host: str = "localhost") -> str:
        return f"http://{host}:{self.server_address[1]}{path}"


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        reply = self.server.replies.get(self.path.partition("?")[0], Reply())
        if reply.unless and self.headers.get("If-None-Match") == reply.unless:
            reply = Reply(b"", 304, {"ETag": reply.unless})
        self.send_response(reply.status)
        length = {} if reply.body is None else {"Content-Length": str(len(reply.body))}
        for name, value in {**length, **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        for start in range(0, len(reply.body or b""), 1 << 16):
            try:
                self.wfile.write((reply.body or b"")[start : start + (1 << 16)])
            except OSError:
                return
            self.server.sent += 1 << 16
        if reply.body is None:
            threading.Event().wait(3)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[Site]:
    """Have a site answer inside a `with` block."""
    site = Site()
    threading.Thread(target=site.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()
