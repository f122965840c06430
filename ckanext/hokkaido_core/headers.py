"""Response headers that make an uploaded file harmless and keep pages out of foreign frames."""

from __future__ import annotations

from flask import Response, request

__all__ = ["secure"]

PAGE_POLICY = "frame-ancestors 'self'; object-src 'none'; base-uri 'self'; form-action 'self'"
FILE_POLICY = "default-src 'none'; sandbox"

#: Endpoints that send a file somebody put into the portal: of a resource, or of CKAN's storages.
_DOWNLOAD_SUFFIXES = ("resource.download", "file.download", "file.trusted_download", "file.public_download")
#: A whole file, and the part of one that a browser asked for.
_SENT = {200, 206}
#: A cache takes the headers of a file over from the answer that it has not changed.
_OF_A_FILE = {*_SENT, 304}


def secure(response: Response) -> Response:
    """Add the headers of the suite; those that a view has set itself are kept."""
    headers = response.headers
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    if _is_download() and response.status_code in _OF_A_FILE:
        headers["Content-Security-Policy"] = FILE_POLICY
        if response.status_code in _SENT:
            _force_attachment(response)
    elif request.path.startswith("/uploads/"):
        headers["Content-Security-Policy"] = FILE_POLICY
    else:
        headers.setdefault("Content-Security-Policy", PAGE_POLICY)
    return response


def _is_download() -> bool:
    return (request.endpoint or "").endswith(_DOWNLOAD_SUFFIXES)


def _force_attachment(response: Response) -> None:
    """Let browsers save an upload instead of showing it on the portal's own origin."""
    disposition = response.headers.get("Content-Disposition", "")
    if disposition.startswith("attachment"):
        return
    _, separator, parameters = disposition.partition(";")
    response.headers["Content-Disposition"] = f"attachment{separator}{parameters}" if separator else "attachment"
