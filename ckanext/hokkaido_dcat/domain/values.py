"""How a field's value becomes statements: one small function a kind, named in the mapping tables."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote

from ckanext.hokkaido_dcat.domain import iris
from ckanext.hokkaido_dcat.domain.emitter import Emitter, Node, Writer, as_list
from ckanext.hokkaido_dcat.domain.graph import Fault
from ckanext.hokkaido_dcat.domain.mapping import Entry, Rule
from ckanext.hokkaido_dcat.domain.names import PREFIXES, RDF_TYPE, expand
from ckanext.hokkaido_dcat.domain.terms import Iri, Literal, clean_text

__all__ = ["VALUES", "instant", "is_mapped"]

_XSD = PREFIXES["xsd"]
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*")
_IANA = re.compile(r"https?://www\.iana\.org/assignments/media-types/")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_YEAR = re.compile(r"\d{4}")
_HEX = re.compile(r"[0-9a-f]+")

#: Length of a hash in hexadecimal digits -> name of the algorithm in SPDX.
_ALGORITHMS = {64: "checksumAlgorithm_sha256", 40: "checksumAlgorithm_sha1", 32: "checksumAlgorithm_md5"}


def instant(value: str) -> Literal | None:
    """Return a time as `xsd:dateTime` in UTC with offset, a day as `xsd:date`, a month or year as such, or None.

    A time without offset is UTC: that is how CKAN stores its own.
    """
    value = value.strip()
    if _YEAR.fullmatch(value):
        return Literal(value, "", _XSD + "gYear") if value != "0000" else None
    if _MONTH.fullmatch(value):
        return Literal(value, "", _XSD + "gYearMonth") if not value.startswith("0000") else None
    try:
        if _DAY.fullmatch(value):
            return Literal(date.fromisoformat(value).isoformat(), "", _XSD + "date")
        moment = datetime.fromisoformat(value)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return Literal(moment.replace(tzinfo=None).isoformat() + "Z", "", _XSD + "dateTime")


def is_mapped(entry: Entry | None) -> bool:
    """Tell whether a vocabulary's entry has a name in the standard."""
    return entry is not None and bool(entry.iri)


def _text(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    for item in value if isinstance(value, list) else [value]:
        out.text(node.iri, rule.property, item, rule.language)


def _date(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    literal = instant(str(value))
    if literal is None:
        out.report(node, rule.field, Fault.BAD_DATE, value)
        fallback = str(node.source.get(rule.otherwise) or "")
        literal = instant(fallback) if fallback else None
    if literal is not None:
        out.state(node.iri, rule.property, literal)


def _link(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    for item in as_list(value):
        address = out.address(node, rule.field, item)
        if address:
            out.state(node.iri, rule.property, address)
            if rule.type:
                out.state(address, RDF_TYPE, expand(rule.type))


def _concept(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    """State a value of a vocabulary by its IRI in the standard, with its labels beside it.

    A value may be an IRI already, as harvested descriptions have it. One that no vocabulary knows is stated as it is,
    unless the standard wants a label that nobody has told us.
    """
    for item in as_list(value):
        entry = out.lookup(rule.vocabulary, str(item).strip())
        if entry is None and rule.type != "skos:Concept" and iris.is_address(str(item)):
            _link(out, node, rule, item)
            continue
        if entry is None or not entry.iri:
            out.report(node, rule.field, Fault.NOT_MAPPED, item)
            continue
        concept = Iri(entry.iri)
        out.state(node.iri, rule.property, concept)
        out.state(concept, RDF_TYPE, expand(rule.type))
        out.labels(concept, "skos:prefLabel", entry)


def _theme(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    """State the portal's own theme and, beside it, the EU theme that it belongs to.

    Two of our themes may share an EU theme, so each keeps its own labels under its own IRI.
    """
    for item in as_list(value):
        entry = out.lookup("themes", str(item).strip())
        if entry is None:
            _eu_theme(out, node, rule, str(item).strip())
            continue
        own = out.own(f"/#theme-{quote(entry.code, safe='')}")
        _classified(out, node, rule, own, entry, "themes")
        wider = out.lookup("eu_themes", entry.iri.rpartition("/")[2])
        if wider is not None:
            _classified(out, node, rule, Iri(wider.iri), wider, "data-theme")
            out.state(own, "skos:broadMatch", Iri(wider.iri))


def _eu_theme(out: Emitter, node: Node, rule: Rule, value: str) -> None:
    """State a theme that is named by its IRI in the EU table, where several of our themes may lie or none."""
    entry = out.lookup("eu_themes", value.rpartition("/")[2])
    if entry is None or entry.iri != value:
        out.report(node, rule.field, Fault.NOT_MAPPED, value)
        return
    _classified(out, node, rule, Iri(entry.iri), entry, "data-theme")


def _classified(out: Emitter, node: Node, rule: Rule, concept: Iri, entry: Entry, scheme: str) -> None:
    out.state(node.iri, rule.property, concept)
    out.state(concept, RDF_TYPE, expand("skos:Concept"))
    out.labels(concept, "skos:prefLabel", entry)
    out.state(concept, "skos:inScheme", _described_scheme(out, scheme))


def _described_scheme(out: Emitter, code: str) -> Iri:
    entry = out.lookup("taxonomies", code)
    if entry is None:
        raise LookupError(f"mapping/authorities.yaml lacks the taxonomy {code}")
    scheme = out.own("/" + entry.iri) if entry.iri.startswith("#") else Iri(entry.iri)
    out.state(scheme, RDF_TYPE, expand("skos:ConceptScheme"))
    out.labels(scheme, "dct:title", entry)
    return scheme


def _scheme(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    for code in as_list(value):
        out.state(node.iri, rule.property, _described_scheme(out, code))


def _statement(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    """State a text about rights or origin as a node of its own, since the standard wants a resource there."""
    cleaned = clean_text(str(value))
    if cleaned:
        name = Iri(f"{node.iri.value}#{rule.field}")
        out.state(node.iri, rule.property, name)
        out.state(name, RDF_TYPE, expand(rule.type))
        out.state(name, "rdfs:label", Literal(cleaned, "ja"))


def _identifier(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    cleaned = clean_text(str(value))
    if cleaned:
        name = Iri(f"{node.iri.value}#{rule.field}")
        out.state(node.iri, rule.property, name)
        out.state(name, RDF_TYPE, expand("adms:Identifier"))
        out.state(name, "skos:notation", Literal(cleaned))


def _licence(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    code = clean_text(str(value))
    entry = out.lookup("licences", code)
    if entry is None and iris.is_address(code):
        _link(out, node, replace(rule, type="dct:LicenseDocument"), code)
        return
    if entry is None or not entry.iri:
        out.report(node, rule.field, Fault.NOT_MAPPED, code)
        return
    licence = Iri(entry.iri)
    out.state(node.iri, rule.property, licence)
    out.state(licence, RDF_TYPE, expand("dct:LicenseDocument"))
    out.labels(licence, "dct:title", entry)
    kind = out.lookup("licence_types", entry.code)
    if kind is not None:
        out.state(licence, "dct:type", Iri(kind.iri))
        out.state(Iri(kind.iri), RDF_TYPE, expand("skos:Concept"))
        out.labels(Iri(kind.iri), "skos:prefLabel", kind)


def _standard(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    """State a standard data set under an IRI of our own: its publisher gives none for each."""
    entry = out.lookup("standard_datasets", str(value).strip())
    if entry is None:
        out.report(node, rule.field, Fault.NOT_MAPPED, value)
        return
    standard = out.own(f"/#standard-{quote(entry.code, safe='')}")
    out.state(node.iri, rule.property, standard)
    out.state(standard, RDF_TYPE, expand("dct:Standard"))
    out.text(standard, "dct:identifier", entry.code)
    out.labels(standard, "dct:title", entry)


def _file_format(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    """State the EU file type; a format that has none keeps its name under an IRI of our own."""
    name = clean_text(str(value))
    if not name:
        return
    entry = out.lookup("formats", name)
    known = is_mapped(entry)
    file_format = Iri(entry.iri) if entry and known else Iri(f"{node.iri.value}#format")
    if not known:
        out.report(node, rule.field, Fault.NOT_MAPPED, name)
    out.state(node.iri, rule.property, file_format)
    out.state(file_format, RDF_TYPE, expand("dct:MediaTypeOrExtent"))
    if entry and known:
        out.labels(file_format, "skos:prefLabel", entry)
    else:
        out.text(file_format, "rdfs:label", name)
    if entry and entry.media_type and not node.source.get("mimetype"):
        _media_type(out, node, Rule("format", "dcat:mediaType", "media_type"), entry.media_type)


def _media_type(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    name = _IANA.sub("", str(value).partition(";")[0].strip().lower())
    if not _MEDIA_TYPE.fullmatch(name):
        out.report(node, rule.field, Fault.NOT_MAPPED, value)
        return
    media_type = Iri("https://www.iana.org/assignments/media-types/" + name.replace("^", "%5E"))
    out.state(node.iri, rule.property, media_type)
    out.state(media_type, RDF_TYPE, expand("dct:MediaType"))


def _size(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    digits = str(value).strip()
    if not (digits.isascii() and digits.isdigit()):
        out.report(node, rule.field, Fault.BAD_NUMBER, value)
        return
    out.state(node.iri, rule.property, Literal(str(int(digits[:30])), "", _XSD + "nonNegativeInteger"))


def _checksum(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    """State a checksum whose algorithm follows from its length; anything else is not a hash that we know."""
    digits = str(value).strip().lower().rpartition(":")[2]
    algorithm = _ALGORITHMS.get(len(digits))
    if not algorithm or not _HEX.fullmatch(digits):
        out.report(node, rule.field, Fault.BAD_HASH, value)
        return
    name = Iri(f"{node.iri.value}#checksum")
    method = expand(f"spdx:{algorithm}")
    out.state(node.iri, rule.property, name)
    out.state(name, RDF_TYPE, expand("spdx:Checksum"))
    out.state(name, "spdx:algorithm", method)
    out.state(name, "spdx:checksumValue", Literal(digits, "", _XSD + "hexBinary"))
    out.state(method, RDF_TYPE, expand("spdx:ChecksumAlgorithm"))


VALUES: dict[str, Writer] = {
    "checksum": _checksum,
    "concept": _concept,
    "date": _date,
    "file_format": _file_format,
    "identifier": _identifier,
    "licence": _licence,
    "link": _link,
    "media_type": _media_type,
    "scheme": _scheme,
    "size": _size,
    "standard": _standard,
    "statement": _statement,
    "text": _text,
    "theme": _theme,
}
