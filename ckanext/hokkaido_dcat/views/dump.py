"""Downloads of the whole feed: files on the disk, sent as they are."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.http import is_resource_modified, quote_etag
from werkzeug.wsgi import wrap_file

from ckanext.hokkaido_core.shared import caching
from ckanext.hokkaido_dcat import config
from ckanext.hokkaido_dcat.domain.dump import DESCRIPTION, FILES
from ckanext.hokkaido_dcat.domain.profiles import DEFAULT, named

__all__ = ["dump"]

dump = Blueprint("hokkaido_dcat_dump", __name__)

#: Bytes that are read from the disk at once.
_BLOCK = 1 << 18


def download(name: str) -> Response:
    """Serve a file of the dump; ranges, conditional requests and HEAD work as for a static file."""
    asked = request.args.get("profile", DEFAULT.name)
    known = named(asked)
    data = {"file": name, "profile": known.name if known else asked}
    try:
        return _file(tk.get_action("hokkaido_feed_dump_show")({}, data))
    except FileNotFoundError:
        # The set was replaced and removed between the two steps; the new one stands.
        return _file(tk.get_action("hokkaido_feed_dump_show")({}, data))
    except tk.ValidationError as error:
        return _plain(tk._("This is not a file of the dump: {details}").format(details=error.error_summary), 400)
    except tk.ObjectNotFound as error:
        response = _plain(str(error), 404)
        response.headers["Retry-After"] = "60"
        return caching.shared(response)


def description() -> Any:
    """Lead from where VoID is looked for to where it is."""
    return redirect(tk.url_for("hokkaido_dcat_dump.download", name=DESCRIPTION, locale="default"), 302)


def _file(found: dict[str, Any]) -> Response:
    path = config.dump_path() / found["path"]
    built = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    headers = {"Content-Disposition": f'inline; filename="{path.name}"'} if path.suffix == ".gz" else {}
    response = Response(content_type=found["content_type"], headers=headers)
    response.set_etag(found["sha256"])
    response.last_modified = built
    response.headers["Accept-Ranges"] = "bytes"
    if not is_resource_modified(request.environ, quote_etag(found["sha256"]), None, built):
        response.status_code = 304
    elif config.dump_accel() and "Range" not in request.headers:
        # nginx does not know our ETag, so it cannot tell by If-Range whether a part of this file is wanted.
        response.headers["X-Accel-Redirect"] = f"{config.dump_accel()}/{found['path']}"
    else:
        response = _sent(response, path, found["size"])
    return caching.shared(response)


def _sent(response: Response, path: Path, size: int) -> Response:
    """Let the server send the file in its fastest way, or the part of it that is asked for."""
    response.content_length = size
    if request.method == "HEAD":
        return response
    file = path.open("rb")
    response.response = wrap_file(request.environ, file, _BLOCK)
    response.direct_passthrough = True
    try:
        return response.make_conditional(request.environ, accept_ranges=True, complete_length=size)
    except RequestedRangeNotSatisfiable:
        file.close()
        refused = _plain(tk._("The file has only {size} bytes.").format(size=size), 416)
        refused.headers["Content-Range"] = f"bytes */{size}"
        return refused


def _plain(message: str, status: int) -> Response:
    return Response(message + "\n", status=status, content_type="text/plain; charset=utf-8")


for _name in FILES:
    dump.add_url_rule(f"/catalog/{_name}", view_func=download, defaults={"name": _name})
dump.add_url_rule("/.well-known/void", view_func=description)
