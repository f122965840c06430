"""APIs: resources that are one, and CKAN's own for the files in its DataStore."""

from __future__ import annotations

from typing import Any

from ckanext.hokkaido_dcat.domain import iris
from ckanext.hokkaido_dcat.domain.emitter import Emitter, Node, Writer, as_list
from ckanext.hokkaido_dcat.domain.graph import Fault
from ckanext.hokkaido_dcat.domain.mapping import Rule
from ckanext.hokkaido_dcat.domain.terms import Iri, clean_text

__all__ = ["SERVICES"]


def _api(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    """State a resource that is an API; its address is the end point."""
    kind = out.lookup("api_kinds", str(value).strip())
    endpoint = iris.repair(str(node.source.get("url") or ""))
    if kind is None or endpoint is None:
        out.report(node, rule.field, Fault.NOT_MAPPED, value)
        return
    title = _title(node)
    named = clean_text(str(node.source.get("name") or ""))
    _state(
        out,
        node,
        rule,
        "api",
        {
            "title": named or f"{title} API（{kind.ja}）",
            "title_en": "" if named else f"API of {title} ({kind.en})",
            "description": node.source.get("description") or f"「{title}」を取り出すAPI（{kind.ja}）です。",
            "endpoint": Iri(endpoint),
            "api_description": node.source.get("api_description"),
            "conforms_to": kind.iri,
        },
    )


def _datastore(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    """State CKAN's data API of a file."""
    title = _title(node)
    _state(
        out,
        node,
        rule,
        "datastore",
        {
            "title": f"{title} データAPI",
            "title_en": f"Data API of {title}",
            "description": f"「{title}」の行を検索して取り出すAPI（CKAN DataStore）です。",
            "endpoint": Iri(f"{value}/datastore_search"),
            "api_description": f"{value}/help_show?name=datastore_search",
        },
    )


def _state(out: Emitter, node: Node, rule: Rule, suffix: str, fields: dict[str, Any]) -> None:
    """State an API of a resource; it serves the one dataset that the resource belongs to, and has its people."""
    dataset = node.source["dataset"]
    organization, contact = dataset.source.get("organization"), Iri(f"{dataset.iri.value}#contact")
    source = {
        "identifier": f"{node.source['id']}#{suffix}",
        "dataset": dataset.iri,
        "publisher": out.named("organization", organization["id"]) if organization else None,
        # The contact is described before the resources are, where there is one.
        "contact": contact if contact in out.graph else None,
        "license": node.source.get("license"),
        "tags": dataset.source.get("tags"),
        # A theme that is not known is reported once, with the dataset.
        "theme": [
            code for code in as_list(dataset.source.get("theme") or []) if out.lookup("themes", str(code).strip())
        ],
        **fields,
    }
    name = Iri(f"{node.iri.value}#{suffix}")
    out.state(node.iri, rule.property, name)
    out.describe(Node(name, source, node.path), out.mapping.service)


def _title(node: Node) -> str:
    return clean_text(str(node.source.get("name") or node.source["dataset"].source.get("title") or ""))


SERVICES: dict[str, Writer] = {"api": _api, "datastore": _datastore}
