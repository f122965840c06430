"""Datasets as CKAN's API tells them, of this portal or of another one, become descriptions in the terms of the schema.

Field names of other portals are those of CKAN's own form, of ckanext-dcat, and of catalogues that were seen; what has
no field here is kept in the remarks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from ckanext.hokkaido_schema.domain.mending import Mender
from ckanext.hokkaido_schema.domain.record import Record
from ckanext.hokkaido_schema.domain.words import Codes, licence

__all__ = ["Shape", "read_dataset"]

#: What every CKAN says of a dataset for its own purposes.
_OF_THE_SYSTEM = {
    "author", "author_email", "creator_user_id", "extras", "groups", "id", "isopen", "license_id", "license_title",
    "license_url", "maintainer", "maintainer_email", "metadata_created", "metadata_modified", "name", "num_resources",
    "num_tags", "organization", "owner_org", "private", "relationships_as_object", "relationships_as_subject",
    "resources", "revision_id", "revision_timestamp", "state", "tags", "tag_string", "title", "tracking_summary",
    "type",    "notes", "url", "version", "download_total", "download_recent", "ratings_average", "ratings_count",
    "notes_rendered", "guid", "harvest_object_id", "harvest_source_id", "harvest_source_title", "metadata_language",
}  # fmt: skip
_OF_THE_SYSTEM_FILE = {
    "cache_last_updated", "cache_url", "created", "datastore_active", "datastore_contains_all_records_of_source_file",
    "id", "last_modified", "metadata_modified", "mimetype_inner", "package_id", "position", "resource_type",
    "revision_id", "state", "tracking_summary", "url_type", "webstore_last_updated", "webstore_url", "ckan_url",
    "on_same_domain", "original_url", "hash", "mimetype", "upload", "clear_upload",
}  # fmt: skip
#: Names that other portals give to fields of ours.
_ALIASES: Mapping[str, str] = {
    "frequency": "frequency", "accrual_periodicity": "frequency", "update_frequency": "frequency",
    "frequencyofupdate": "frequency", "frequency_of_update": "frequency", "更新頻度": "frequency",
    "issued": "issued", "release_date": "issued", "publication_date": "issued", "公開日": "issued", "作成日": "issued",
    "modified": "modified", "last_modified": "modified", "update_date": "modified", "最終更新日": "modified",
    "language": "language", "言語": "language", "lang": "language",
    "theme": "theme", "category": "theme", "分類": "theme", "spatial_text": "area", "spatial": "area",
    "対象地域": "area", "temporal": "period", "対象期間": "period", "temporal_start": "start", "temporal_end": "end",
    "contact_name": "contact_name", "contact_email": "contact_email", "連絡先": "contact_name",
    "publisher_name": "creator", "creator": "creator", "作成者": "creator", "identifier": "identifier",
    "landingpage": "url", "landing_page": "url", "homepage": "url", "備考": "remarks", "conforms_to": "conforms_to",
    "documentation": "documentation", "provenance": "provenance",
}  # fmt: skip
_NAME = re.compile(r"[a-z0-9_-]{2,100}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=T)")


class Shape:
    """What the fields of the schema are like, as far as reading needs it.

    :ivar lists: dataset fields that hold lists; `groups`: those that hold groups of fields.
    """

    __slots__ = ("dataset", "groups", "lists", "resource")

    def __init__(
        self, dataset: frozenset[str], resource: frozenset[str], lists: frozenset[str], groups: frozenset[str]
    ) -> None:
        self.dataset, self.resource, self.lists, self.groups = dataset, resource, lists, groups


def read_dataset(line: int, source: object, shape: Shape, codes: Codes) -> Record:
    """Return the description in a dataset dictionary.

    :param source: what JSON made of the line.
    :param shape: the fields of the schema.
    """
    record = Record(line)
    if not isinstance(source, dict):
        record.refuse("", "no_record", str(source)[:200])
        record.refused = True
        return record
    title = str(source.get("title") or "").strip() or str(source.get("name") or "").strip()
    if not title:
        record.refuse("title", "no_title", "")
        record.refused = True
        return record
    _Reading(record, source, shape, codes).run(title)
    return record


class _Reading:
    """Reads one dictionary into one record."""

    def __init__(self, record: Record, source: dict[str, Any], shape: Shape, codes: Codes) -> None:
        self.record, self.source, self.shape = record, source, shape
        self.mender = Mender(record, codes)
        self.codes = codes

    def run(self, title: str) -> None:
        dataset = self.record.dataset
        self.mender.text(dataset, "title", "title", title)
        self._name()
        self._organization()
        for name in ("notes", "version"):
            self.mender.text(dataset, name, name, _text(self.source.get(name)))
        self._page()
        self._people()
        for key, value in self._fields().items():
            self._field(key, value)
        self._subjects()
        for one in _several(self.source.get("resources")):
            if isinstance(one, dict):
                self._file(one)
        self._licence()

    def _name(self) -> None:
        name = _text(self.source.get("name"))
        if self.source.get("id"):
            self.record.source["id"] = _text(self.source["id"])
        if _NAME.fullmatch(name):
            self.record.dataset["name"] = name
        elif name:
            self.record.repair("name", "name", name)
            self.record.dataset["identifier"] = name

    def _organization(self) -> None:
        organization = self.source.get("organization")
        if isinstance(organization, dict):
            self.record.organization = {
                key: _text(organization[key]) for key in ("id", "name", "title", "code") if organization.get(key)
            }
        elif self.source.get("owner_org"):
            self.record.organization = {"id": _text(self.source["owner_org"])}

    def _page(self) -> None:
        text = _text(self.source.get("url"))
        url, more = self.mender.address("url", text)
        if url:
            self.record.dataset["url"] = url
        elif text:
            self.record.refuse("url", "url", text)
        for one in more:
            self.record.keep("url", one)

    def _people(self) -> None:
        contact: dict[str, Any] = {}
        self.mender.text(contact, "name", "maintainer", _text(self.source.get("maintainer")))
        self.mender.mail(contact, "email", "maintainer_email", _text(self.source.get("maintainer_email")))
        if contact:
            self.record.dataset["contact"] = [contact]
        self.mender.text(self.record.dataset, "creator", "author", _text(self.source.get("author")))
        if mail := _text(self.source.get("author_email")):
            self.record.keep("author_email", mail)

    def _fields(self) -> dict[str, Any]:
        """Return what the dictionary says beside CKAN's own fields, the extras among it."""
        found = {key: value for key, value in self.source.items() if key not in _OF_THE_SYSTEM}
        for extra in _several(self.source.get("extras")):
            if isinstance(extra, dict) and extra.get("key") and extra["key"] not in _OF_THE_SYSTEM:
                found.setdefault(str(extra["key"]), extra.get("value"))
        return {key: value for key, value in found.items() if value not in (None, "", [], {})}

    def _field(self, key: str, value: Any) -> None:
        if key in self.shape.groups or key in self.shape.lists:
            loaded = _loaded(value)
            if isinstance(loaded, list) and (key in self.shape.lists or all(isinstance(one, dict) for one in loaded)):
                self.record.dataset[key] = loaded
                return
        alias = _ALIASES.get(key.lower()) if key not in self.shape.dataset or key in _MENDED else None
        if alias:
            self._mended(alias, key, value)
        elif key in self.shape.dataset and key not in self.shape.groups:
            self.record.dataset[key] = value if key in self.shape.lists else _text(value)
        else:
            self.record.repair(key, "remarks", _text(value))
            self.record.keep(key, _text(value))

    def _mended(self, field: str, key: str, value: Any) -> None:
        dataset, text = self.record.dataset, _text(value)
        write = self._writers().get(field)
        if write is not None:
            write(key, text)
        elif field in {"issued", "modified"}:
            self.mender.day(dataset, field, key, _day(text))
        elif field in {"conforms_to", "documentation"}:
            self.mender.addresses(dataset, field, key, text)
        elif field in {"start", "end"}:
            self._period_side(field, key, text)
        elif dataset.get(field, text) != text:
            self.record.keep(key, text)
        else:
            self.mender.text(dataset, field, key, text)

    def _writers(self) -> dict[str, Callable[[str, str], None]]:
        mender = self.mender
        return {
            "frequency": mender.frequency,
            "language": lambda key, text: mender.languages(self.record.dataset, key, text),
            "theme": mender.themes,
            "area": mender.areas,
            "period": mender.periods,
            "contact_name": lambda key, text: self._contact("name", key, text),
            "contact_email": lambda key, text: self._contact("email", key, text),
        }

    def _period_side(self, side: str, key: str, text: str) -> None:
        period: list[dict[str, Any]] = self.record.dataset.setdefault("temporal_coverage", [{}])
        self.mender.day(period[0], side, key, _day(text))

    def _contact(self, part: str, key: str, text: str) -> None:
        contacts: list[dict[str, Any]] = self.record.dataset.setdefault("contact", [{}])
        if part == "email":
            self.mender.mail(contacts[0], "email", key, text)
        else:
            self.mender.text(contacts[0], "name", key, text)

    def _subjects(self) -> None:
        for tag in _several(self.source.get("tags")):
            name = tag.get("name") or tag.get("display_name") if isinstance(tag, dict) else tag
            self.mender.keywords("tags", [_text(name)])
        for group in _several(self.source.get("groups")):
            if isinstance(group, dict):
                self.mender.themes(
                    "groups", _text(group.get("title") or group.get("display_name") or group.get("name"))
                )

    def _file(self, source: dict[str, Any]) -> None:
        file: dict[str, Any] = {}
        more = self._file_address(file, source)
        for name in ("name", "description", "format"):
            self.mender.text(file, name, f"resources.{name}", _text(source.get(name)))
        if more:
            file["description"] = "\n".join([file.get("description", ""), *more]).strip()
        self.mender.size(file, "resources.size", _text(source.get("size")))
        self.mender.day(file, "issued", "resources.issued", _day(_text(source.get("issued") or source.get("created"))))
        modified = _day(_text(source.get("modified") or source.get("last_modified")))
        self.mender.day(file, "modified", "resources.modified", modified)
        done = {"url", "name", "description", "format", "size", "issued", "modified", "license", "license_id"}
        for key, value in source.items():
            if key in self.shape.resource and key not in done and value not in (None, "", [], {}):
                file[key] = _loaded(value) if key in {"documentation", "language", "conforms_to"} else value
        self.record.dataset.setdefault("resources", []).append(file)
        code = self.mender.licence("resources.license", _text(source.get("license") or source.get("license_id")))
        if code:
            file["license"] = code

    def _file_address(self, file: dict[str, Any], source: dict[str, Any]) -> list[str]:
        text = _text(source.get("url"))
        url, more = self.mender.address("resources.url", text)
        if url:
            file["url"] = url
        elif text:
            self.record.refuse("resources.url", "url", text)
        return more

    def _licence(self) -> None:
        text = _text(self.source.get("license_id")) or _text(self.source.get("license_title"))
        code = self.mender.licence("license_id", text)
        files: list[dict[str, Any]] = self.record.dataset.get("resources", [])
        shared = {file.get("license") for file in files}
        if code is None and len(shared) == 1:
            code = next(iter(shared))
        if code:
            self.record.dataset["license_id"] = code
        for file in files:
            if file.get("license") == code:
                file.pop("license", None)
        found = licence(text, self.codes)
        if found and found.repair in {"licence_words", "licence_version"}:
            title = _text(self.source.get("license_title"))
            for file in files:
                file.setdefault("rights", title or text)
            if not files:
                self.record.keep("license_id", title or text)


#: Fields of ours in which other portals write words.
_MENDED = {"frequency", "issued", "modified", "theme", "conforms_to", "documentation", "language", "creator"}


def _several(value: Any) -> list[Any]:
    """Return what should be a list as one, whatever the line holds in its place."""
    return value if isinstance(value, list) else [value] if value else []


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(_text(one) for one in value if one not in (None, ""))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value).strip()


def _day(text: str) -> str:
    """Return the day of a moment; other text as it is."""
    found = _DAY.match(text)
    return found[0] if found else text


def _loaded(value: Any) -> Any:
    if isinstance(value, str) and value.lstrip()[:1] in {"[", "{"}:
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value
