"""What a dataset speaks of and has a name of its own: publisher, contact, place, period, distribution."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from urllib.parse import quote

from ckanext.hokkaido_dcat.domain import iris
from ckanext.hokkaido_dcat.domain.emitter import Emitter, Node, Writer, as_list
from ckanext.hokkaido_dcat.domain.graph import Fault
from ckanext.hokkaido_dcat.domain.mapping import Rule
from ckanext.hokkaido_dcat.domain.names import PREFIXES, RDF_TYPE, expand
from ckanext.hokkaido_dcat.domain.terms import Iri, Literal, clean_text
from ckanext.hokkaido_dcat.domain.values import VALUES, instant

__all__ = ["NODES"]

#: What people put between the digits of an extension.
_EXTENSION = re.compile(r"[\s()（）\-‐−]|内線")
_CODE = re.compile(r"[0-9]{5,6}")


def _agent(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    """State an organisation under the IRI that ckanext-dcat gives it."""
    agent = Node(out.named("organization", value["id"]), value, f"{node.path}{rule.field}/")
    out.state(node.iri, rule.property, agent.iri)
    out.describe(agent, out.mapping.agent)


def _named_agent(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    """State somebody of whom only a name is known."""
    name = clean_text(str(value))
    if name:
        agent = Iri(f"{node.iri.value}#{rule.field}")
        out.state(node.iri, rule.property, agent)
        out.state(agent, RDF_TYPE, expand("foaf:Agent"))
        out.text(agent, "foaf:name", name, "ja")


def _contact(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    """State the first contact; the portal has one a dataset."""
    contact = next(iter(as_list(value)), None)
    if not isinstance(contact, dict):
        out.report(node, rule.field, Fault.NOT_MAPPED, value)
        return
    name = Iri(f"{node.iri.value}#contact")
    at = Node(name, contact, f"{node.path}{rule.field}/")
    label = clean_text(str(contact.get("name") or ""))
    channels = {
        "vcard:hasEmail": _channel(out, at, "email", iris.mail, Fault.BAD_MAIL),
        "vcard:hasTelephone": _telephone(out, at),
        "vcard:hasURL": out.address(at, "url", contact["url"]) if contact.get("url") else None,
    }
    if not label and not any(channels.values()):
        return
    out.state(node.iri, rule.property, name)
    out.state(name, RDF_TYPE, expand("vcard:Kind"))
    out.state(name, RDF_TYPE, expand("vcard:Organization"))
    out.text(name, "vcard:fn", label, "ja")
    out.text(name, "vcard:note", str(contact.get("note") or ""), "ja")
    for short, channel in channels.items():
        if channel:
            out.state(name, short, channel)


def _telephone(out: Emitter, at: Node) -> Iri | None:
    """Return the number with its extension, as RFC 3966 writes one."""
    number = _channel(out, at, "phone", iris.phone, Fault.BAD_PHONE)
    extension = _EXTENSION.sub("", unicodedata.normalize("NFKC", str(at.source.get("extension") or "")))
    if number is None or not extension:
        return number
    if not extension.isascii() or not extension.isdigit():
        out.report(at, "extension", Fault.BAD_PHONE, at.source["extension"])
        return number
    return Iri(f"{number.value};ext={extension}")


def _channel(out: Emitter, at: Node, key: str, make: Any, fault: Fault) -> Iri | None:
    value = str(at.source.get(key) or "").strip()
    if not value:
        return None
    made = make(value)
    if made is None:
        out.report(at, key, fault, value)
    return Iri(made) if made else None


def _place(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    """State places by local government code (6 digits) or statistical area code of a bureau (5 digits)."""
    for item in as_list(value):
        code = str(item).strip()
        entry = out.lookup("places", code) if _CODE.fullmatch(code) else None
        if entry is None:
            out.report(node, rule.field, Fault.NOT_MAPPED, item)
            continue
        place = out.own(f"/#place-{code}")
        out.state(node.iri, rule.property, place)
        out.state(place, RDF_TYPE, expand("dct:Location"))
        out.state(place, "dct:identifier", Literal(code))
        out.labels(place, "skos:prefLabel", entry)
        if entry.longitude is not None and entry.latitude is not None:
            point = f"POINT({entry.longitude} {entry.latitude})"
            out.state(place, "dcat:centroid", Literal(point, "", PREFIXES["geo"] + "wktLiteral"))


def _period(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    for number, item in enumerate(as_list(value), 1):
        if not isinstance(item, dict):
            out.report(node, rule.field, Fault.BAD_DATE, item)
            continue
        ends = {}
        for key, short in (("start", "dcat:startDate"), ("end", "dcat:endDate")):
            typed = str(item.get(key) or "").strip()
            literal = instant(typed) if typed else None
            if typed and literal is None:
                out.report(node, f"{rule.field}/{number}/{key}", Fault.BAD_DATE, typed)
            elif literal is not None:
                ends[short] = literal
        if ends:
            name = Iri(f"{node.iri.value}#period-{number}")
            out.state(node.iri, rule.property, name)
            out.state(name, RDF_TYPE, expand("dct:PeriodOfTime"))
            for short, literal in ends.items():
                out.state(name, short, literal)


def _distribution(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    """State every resource that has an address; one without cannot be had, so the standard has no word for it."""
    for number, resource in enumerate(as_list(value), 1):
        path = f"{node.path}{rule.field}/{number}/"
        if iris.repair(str(resource.get("url") or "")) is None:
            out.graph.report(path + "url", Fault.ILLEGAL_IRI, resource.get("url") or "")
        else:
            name = _distribution_name(node, resource["id"])
            source = {
                **_unpacked(out, resource),
                "license": resource.get("license") or node.source.get("license_id"),
                "dataset": node,
                "derived_from": _sibling(node, value, resource.get("derived_from")),
            }
            out.state(node.iri, rule.property, name)
            out.describe(Node(name, source, path), out.mapping.distribution)


def _sibling(node: Node, value: Any, resource_id: Any) -> Iri | None:
    """Return the distribution of the same dataset that another was made from, if it is stated."""
    stated = (one for one in as_list(value) if iris.repair(str(one.get("url") or "")) is not None)
    if resource_id and any(one.get("id") == resource_id for one in stated):
        return _distribution_name(node, resource_id)
    return None


def _distribution_name(node: Node, resource_id: Any) -> Iri:
    return Iri(f"{node.iri.value}/resource/{quote(str(resource_id), safe='')}")


def _unpacked(out: Emitter, resource: dict[str, Any]) -> dict[str, Any]:
    """Return a resource whose media type, like its format, is that of the data before they were compressed."""
    packing = out.lookup("packings", str(resource.get("compress_format") or ""))
    if packing is None or not packing.iri.endswith(f"/{resource.get('mimetype')}"):
        return resource
    return {**resource, "mimetype": None}


def _judged_standard(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    """State the standard data set that a file was found to follow, and the page about it."""
    VALUES["standard"](out, node, rule, value["code"])
    if value["page"]:
        page = Iri(value["page"])
        out.state(out.own(f"/#standard-{value['code']}"), "foaf:page", page)
        out.state(page, RDF_TYPE, expand("foaf:Document"))


def _measures(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    """State figures that were measured of a file, each under a metric of our own (W3C Data Quality Vocabulary)."""
    for metric, figure in sorted(value.items()):
        name, measured = Iri(f"{node.iri.value}#quality-{metric}"), out.own(f"/#metric-{metric}")
        out.state(node.iri, rule.property, name)
        out.state(name, RDF_TYPE, expand("dqv:QualityMeasurement"))
        out.state(name, "dqv:computedOn", node.iri)
        out.state(name, "dqv:isMeasurementOf", measured)
        out.state(name, "dqv:value", Literal(str(figure), "", PREFIXES["xsd"] + "integer"))
        out.state(measured, RDF_TYPE, expand("dqv:Metric"))
        if entry := out.lookup("metrics", metric):
            out.labels(measured, "skos:prefLabel", entry)


def _node(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    """State a link to something that is described elsewhere."""
    out.state(node.iri, rule.property, value)


NODES: dict[str, Writer] = {
    "agent": _agent,
    "judged_standard": _judged_standard,
    "measures": _measures,
    "named_agent": _named_agent,
    "contact": _contact,
    "distribution": _distribution,
    "node": _node,
    "period": _period,
    "place": _place,
}
