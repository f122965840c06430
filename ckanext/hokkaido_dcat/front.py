"""The feed's own front: answers what is asked most before Flask and CKAN begin their work.

It knows plain pages of the catalogue and of datasets. Whatever it does not understand, or does not find, is left to
the views, which say the same from the same store and speak to people, too.
"""

from __future__ import annotations

import logging
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from ckanext.hokkaido_core.shared import caching
from ckanext.hokkaido_dcat import addresses, config, counting, negotiation
from ckanext.hokkaido_dcat.domain.profiles import Profile
from ckanext.hokkaido_dcat.domain.readers import Reading
from ckanext.hokkaido_dcat.domain.writers import EXTENSIONS
from ckanext.hokkaido_dcat.service import changes, pages
from ckanext.hokkaido_dcat.service.connections import Connections
from ckanext.hokkaido_dcat.service.page_cache import CODINGS, PageCache
from ckanext.hokkaido_dcat.service.rendering import base

__all__ = ["FeedFront"]

log = logging.getLogger(__name__)

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

#: How many versions of pages a process remembers; each takes about 200 bytes.
REMEMBERED = 20_000

_DATASET = re.compile(r"/dataset/([^/.]+)(?:\.([a-z0-9]+))?")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for; `dataset` is empty for a page of the catalogue."""

    profile: Profile
    extension: str
    dataset: str = ""
    number: int = 1

    @property
    def family(self) -> str:
        """The serialisation."""
        return EXTENSIONS[self.extension][0]

    @property
    def address(self) -> str:
        """The absolute address without extension and parameters."""
        return addresses.dataset(self.dataset) if self.dataset else addresses.catalog()


@dataclass(frozen=True, slots=True)
class Known:
    """A version of a page, as it is while the feed stands where it stood.

    :ivar finished: it is the last page of the catalogue.
    :ivar stood: position and time of the feed's last change; the time tells a restored database from the former one.
    """

    stood: tuple[int, datetime | None]
    etag: str
    modified: datetime | None
    finished: bool = False


class FeedFront:
    """WSGI application in front of another."""

    def __init__(self, app: WsgiApp, flask: Flask) -> None:
        self._app = app
        self._flask = flask
        self._known: OrderedDict[tuple[Any, ...], Known] = OrderedDict()
        self._connections = Connections()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or not environ["PATH_INFO"].startswith(
            ("/catalog", "/dataset/")
        ):
            return self._app(environ, start_response)
        with self._flask.app_context():
            asked = understood(environ)
            started = counting.counted(environ, _reading(environ, asked), start_response)
            answer = self._answer(asked, environ, started) if asked else None
        return self._app(environ, started) if answer is None else answer

    def _answer(
        self, asked: Asked, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes] | None:
        cache = PageCache(config.cache_folder())
        coding = negotiation.coding(environ.get("HTTP_ACCEPT_ENCODING"))
        try:
            # No transaction is needed: one question tells whether a page is as it was, and hashes tell the rest.
            known = self._connections.read(lambda connection: self._look(connection, asked))
            if known is None:
                return None
            environ[counting.FINISHED] = known.finished
            if self._has(known, environ):
                start_response("304 Not Modified", _headers(asked, known, coding))
                return []
            content = cache.find(known.etag, coding)
            if content is None:
                known, content = self._connections.read(lambda connection: self._made(connection, asked, cache, coding))
        except SQLAlchemyError:
            # The views speak to people when the database is away.
            log.exception("Feed: the front cannot read the store")
            return None
        if known is None or content is None:
            return None
        return _send(content, _headers(asked, known, coding, full=True), environ, start_response)

    def _look(self, connection: Any, asked: Asked) -> Known | None:
        """Return what a page is now; by memory, as long as nothing in the feed has changed."""
        now = changes.standing(connection)
        stood = (now.position, now.at)
        key = (asked.profile.name, asked.extension, asked.dataset, asked.number, config.page_size())
        known = self._known.get(key)
        if known is not None and known.stood == stood:
            return known
        version = _version(connection, asked)
        if version is None:
            return None
        finished = not asked.dataset and asked.number == version.last
        known = Known(stood, version.etag, version.modified, finished)
        # A name may pass on to another dataset without any change of the feed; an id stays.
        if not asked.dataset or _ID.fullmatch(asked.dataset):
            self._known[key] = known
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return known

    @staticmethod
    def _has(known: Known, environ: dict[str, Any]) -> bool:
        return negotiation.not_modified(
            [negotiation.coded(known.etag, coding) for coding in CODINGS],
            known.modified,
            environ.get("HTTP_IF_NONE_MATCH", ""),
            environ.get("HTTP_IF_MODIFIED_SINCE", ""),
        )

    @staticmethod
    def _made(connection: Any, asked: Asked, cache: PageCache, coding: str) -> tuple[Known | None, bytes | None]:
        """Make a page from the store and keep it."""
        while version := _version(connection, asked):
            text = pages.body(connection, asked.profile, asked.family, version)
            if text is not None:
                made = cache.keep(version.etag, text.encode("utf-8"))
                return Known((0, None), version.etag, version.modified), made[coding]
        return None, None


def _reading(environ: dict[str, Any], asked: Asked | None) -> Reading | None:
    """Return what of the feed a request reads, None where it is a page for people."""
    if asked is not None:
        return Reading.DATASET if asked.dataset else Reading.PAGES
    return counting.reading_of(environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"))


def understood(environ: dict[str, Any]) -> Asked | None:
    """Return what a request asks for, None where that is for the views to find out."""
    path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
    parameters = parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    given = dict(parameters)
    if len(given) != len(parameters) or given.keys() - {"page", "profile"}:
        return None
    profile = negotiation.profile_of(given.get("profile"), environ.get("HTTP_ACCEPT_PROFILE"))
    if profile is None:
        return None
    extension = addresses.catalog_extension(path)
    if extension is None and path == addresses.catalog_stem():
        extension = negotiation.extension_of(environ.get("HTTP_ACCEPT"))
    if extension in EXTENSIONS:
        number = given.get("page", "1")
        return Asked(profile, extension, number=int(number)) if re.fullmatch(r"[1-9]\d{0,8}", number) else None
    found = _DATASET.fullmatch(path)
    if found is None or "page" in given:
        return None
    extension = found[2] or negotiation.extension_of(environ.get("HTTP_ACCEPT"))
    return Asked(profile, extension, dataset=unquote(found[1])) if extension in EXTENSIONS else None


def _version(connection: Any, asked: Asked) -> pages.Version | None:
    if asked.dataset:
        return pages.dataset_version(connection, asked.profile, asked.family, asked.dataset)
    address = partial(addresses.page, asked.extension, asked.profile.name)
    return pages.catalog_version(connection, asked.profile, asked.family, asked.number, address)


def _headers(asked: Asked, known: Known, coding: str, *, full: bool = False) -> list[tuple[str, str]]:
    headers = [
        ("ETag", f'"{negotiation.coded(known.etag, coding)}"'),
        ("Cache-Control", caching.SHARED),
        ("Vary", f"{caching.VARY}, Accept-Encoding"),
        ("Content-Profile", f"<{asked.profile.iri(base())}>"),
    ]
    if known.modified:
        headers.append(("Last-Modified", negotiation.http_time(known.modified)))
    if full:
        headers += [
            ("Content-Type", EXTENSIONS[asked.extension][1]),
            ("Link", negotiation.links(asked.address, asked.profile, asked.extension, base())),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "same-origin"),
        ]
        if coding != "identity":
            headers.append(("Content-Encoding", coding))
    return headers


def _send(
    content: bytes | Path, headers: list[tuple[str, str]], environ: dict[str, Any], start_response: Callable[..., Any]
) -> Iterable[bytes] | None:
    if isinstance(content, bytes):
        start_response("200 OK", [*headers, ("Content-Length", str(len(content)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [content]
    try:
        file = content.open("rb")
    except OSError:
        # It was removed between the look and now; the views make the page anew.
        return None
    start_response("200 OK", [*headers, ("Content-Length", str(content.stat().st_size))])
    if environ["REQUEST_METHOD"] == "HEAD":
        file.close()
        return []
    wrapper = environ.get("wsgi.file_wrapper")
    return wrapper(file, 1 << 16) if wrapper else _blocks(file)


def _blocks(file: Any) -> Iterable[bytes]:
    with file:
        while block := file.read(1 << 16):
            yield block
