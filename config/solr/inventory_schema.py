"""Write the schema of the public inventory's own core: `inventory_schema.py SCHEMA`.

Text is read as in CKAN's core (`patch_schema.py`), from which the analysers are taken. Only ids and stamps are stored:
what a page shows is read from the database. Standard library only, because it runs before anything is installed.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from patch_schema import ANALYSERS, Part, analyser_element

__all__ = ["SCHEMA_NAME", "main", "schema"]

SCHEMA_NAME = "hokkaido-inventory"

#: Single characters in their order, so that a phrase finds the very characters wherever they stand in a word.
GRAMS: tuple[Part, ...] = (
    ("tokenizer", {"class": "solr.NGramTokenizerFactory", "minGramSize": "1", "maxGramSize": "1"}),
)

#: Searched in words.
TEXTS = ("title", "text")
#: Narrowed by, counted and put in order.
STRINGS = (
    "decision", "format", "machine_readability", "priority", "run", "status", "theme", "title_sort", "unit_id",
    "unit_title", "update_frequency",
)  # fmt: skip
INTEGERS = ("number", "priority_sort")


def schema() -> str:
    """Return the schema as XML."""
    root = ET.Element("schema", {"name": SCHEMA_NAME, "version": "1.6"})
    for name, kind in (("string", "StrField"), ("int", "IntPointField"), ("long", "LongPointField")):
        ET.SubElement(root, "fieldType", {"name": name, "class": f"solr.{kind}", "docValues": "true"})
    ET.SubElement(root, "fieldType", {"name": "date", "class": "solr.DatePointField", "docValues": "true"})
    _text_type(root, "text", *ANALYSERS["text"])
    _text_type(root, "grams", GRAMS, GRAMS)
    _field(root, "id", "string", stored=True, required="true")
    _field(root, "_version_", "long", indexed="false")
    _field(root, "stamp", "string", stored=True, indexed="false")
    _field(root, "published_at", "date")
    _field(root, "grams", "grams", omitNorms="true")
    for name in TEXTS:
        _field(root, name, "text")
    for name in STRINGS:
        _field(root, name, "string")
    for name in INTEGERS:
        _field(root, name, "int")
    ET.SubElement(root, "uniqueKey").text = "id"
    ET.indent(root, "    ")
    return ET.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _text_type(root: ET.Element, name: str, index: tuple[Part, ...], query: tuple[Part, ...]) -> None:
    field_type = ET.SubElement(
        root, "fieldType", {"name": name, "class": "solr.TextField", "positionIncrementGap": "100"}
    )
    field_type.append(analyser_element("index", index))
    field_type.append(analyser_element("query", query))


def _field(root: ET.Element, name: str, kind: str, *, stored: bool = False, **more: str) -> None:
    ET.SubElement(root, "field", {"name": name, "type": kind, "indexed": "true", "stored": str(stored).lower(), **more})


def main(arguments: list[str]) -> int:
    """Write the file; return the exit code."""
    if len(arguments) != 1:
        print("usage: inventory_schema.py SCHEMA", file=sys.stderr)  # noqa: T201
        return 2
    Path(arguments[0]).write_text('<?xml version="1.0" encoding="UTF-8"?>\n' + schema(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
