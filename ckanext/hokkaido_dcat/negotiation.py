"""What a request asks for: which profile, which format, which coding, and which version it already has.

Sources: RFC 9110 sections 8.8, 12.5 and 13.1; for profiles the W3C draft "Content Negotiation by Profile".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import http_date, parse_accept_header, parse_date, parse_etags

from ckanext.hokkaido_dcat.domain.profiles import DEFAULT, PROFILES, Profile, named

__all__ = [
    "MEDIA_TYPES",
    "coded",
    "coding",
    "extension_of",
    "http_time",
    "links",
    "not_modified",
    "profile_of",
]

#: Media type -> extension that it is served under.
MEDIA_TYPES = {
    "text/turtle": "ttl",
    "application/rdf+xml": "xml",
    "application/ld+json": "jsonld",
    "application/n-triples": "nt",
}

_ACCEPTED_PROFILE = re.compile(r"<([^<>]+)>\s*(?:;\s*q=([0-9.]+))?")

#: Younger than this, a change cannot be told from another in the same second by a time in whole seconds.
_SETTLED = timedelta(seconds=2)


def profile_of(asked: str | None, accept_profile: str | None) -> Profile | None:
    """Return the profile of `?profile=` or of `Accept-Profile`; None for an unknown `?profile=`.

    A header that names none of ours is no fault: the standard lets a server answer with its default.
    """
    if asked:
        return named(asked)
    wanted = [
        (float(quality or 1), profile)
        for iri, quality in _ACCEPTED_PROFILE.findall(accept_profile or "")
        if (profile := named(iri)) and re.fullmatch(r"(0(\.\d*)?|1(\.0*)?)?", quality)
    ]
    best = max(wanted, key=lambda one: one[0], default=(0.0, DEFAULT))
    return best[1] if best[0] > 0 else DEFAULT


def extension_of(accept: str | None) -> str | None:
    """Return the extension of the RDF format that is preferred to a page for people, None when none is."""
    if not accept:
        return None
    header = parse_accept_header(accept, MIMEAccept)
    # Only what is named counts: a client that takes anything is a browser or a tool that expects a page.
    explicit = {value.partition(";")[0].strip().lower() for value, quality in header if quality > 0}
    offered = [media_type for media_type in MEDIA_TYPES if media_type in explicit]
    if not offered:
        return None
    best = max(offered, key=header.quality)
    return MEDIA_TYPES[best] if header.quality(best) >= header.quality("text/html") else None


def coding(accept_encoding: str | None) -> str:
    """Return `gzip` where the client takes it, else `identity`."""
    header = parse_accept_header(accept_encoding)
    return "gzip" if header.quality("gzip") > 0 and header.quality("gzip") >= header.quality("identity") else "identity"


def coded(etag: str, coding_: str) -> str:
    """Return the entity tag of a page in a coding; strong tags name bytes, so each coding has its own."""
    return etag if coding_ == "identity" else f"{etag}-{coding_}"


def not_modified(etags: Iterable[str], modified: datetime | None, if_none_match: str, if_modified_since: str) -> bool:
    """Tell whether the client already has one of these versions.

    A proxy that compresses makes a tag weak; for this question weak and strong are the same (RFC 9110, 13.1.2).
    """
    if if_none_match:
        known = parse_etags(if_none_match)
        return any(known.contains_weak(etag) for etag in etags)
    since = parse_date(if_modified_since) if if_modified_since else None
    return bool(modified and since and since >= modified.astimezone(UTC).replace(microsecond=0))


def links(address: str, profile: Profile, extension: str, base: str) -> str:
    """Return the value of a `Link` header: the profile, and the other profiles and formats of the same thing.

    :param address: absolute address without extension and parameters.
    :param base: IRI of the catalogue.
    """
    found = [f'<{profile.iri(base)}>; rel="profile"']
    for one in PROFILES.values():
        parameter = "" if one is DEFAULT else f"?profile={one.name}"
        for media_type, other in MEDIA_TYPES.items():
            relation = "self" if (one, other) == (profile, extension) else "alternate"
            found.append(
                f'<{address}.{other}{parameter}>; rel="{relation}"; type="{media_type}"; profile="{one.iri(base)}"'
            )
    return ", ".join(found)


def http_time(modified: datetime) -> str:
    """Return a time as HTTP writes it: for what is young, a second earlier, so that it is asked for again."""
    modified = modified.astimezone(UTC).replace(microsecond=0)
    return http_date(modified if datetime.now(UTC) - modified >= _SETTLED else modified - timedelta(seconds=1))
