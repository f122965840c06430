"""Give CKAN's own Solr schema a Japanese analyser: `patch_schema.py SCHEMA_OF_CKAN PATCHED_SCHEMA`.

CKAN's schema cuts text at blanks, so a Japanese title is one long word that nobody types. This script replaces the
analysers of the text types in the schema that is installed with CKAN and leaves the rest as it is, its name included,
which CKAN checks. Standard library only, because it runs before anything is installed.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

__all__ = ["ANALYSERS", "SCHEMA_NAME", "Part", "SchemaNotUnderstood", "analyser_element", "main", "patched"]

#: The only schema this patch was made for and tried with.
SCHEMA_NAME = "ckan-2.12"

#: Full-width and half-width forms become one before the text is cut into words.
CHAR_FILTER = ("charFilter", {"class": "solr.ICUNormalizer2CharFilterFactory", "form": "nfkc_cf", "mode": "compose"})

#: Search mode also keeps the parts of a compound: 市町村一覧 is found by 市町村.
TOKENIZER = ("tokenizer", {"class": "solr.JapaneseTokenizerFactory", "mode": "search", "discardPunctuation": "true"})

SYNONYMS = (
    "filter",
    {
        "class": "solr.SynonymGraphFilterFactory",
        "synonyms": "synonyms.txt",
        "ignoreCase": "true",
        "expand": "true",
        "tokenizerFactory": "solr.JapaneseTokenizerFactory",
        "tokenizerFactory.mode": "normal",
    },
)

WORDS = (
    ("filter", {"class": "solr.JapaneseBaseFormFilterFactory"}),
    ("filter", {"class": "solr.JapanesePartOfSpeechStopFilterFactory", "tags": "stoptags_ja.txt"}),
    ("filter", {"class": "solr.StopFilterFactory", "words": "stopwords_ja.txt", "ignoreCase": "true"}),
    ("filter", {"class": "solr.JapaneseKatakanaStemFilterFactory", "minimumLength": "4"}),
    ("filter", {"class": "solr.LowerCaseFilterFactory"}),
)

#: Latin words: `statistics` finds `statistic`; protwords.txt names the words that must stay whole.
STEM = (
    ("filter", {"class": "solr.ASCIIFoldingFilterFactory"}),
    ("filter", {"class": "solr.KeywordMarkerFilterFactory", "protected": "protwords.txt", "ignoreCase": "true"}),
    ("filter", {"class": "solr.SnowballPorterFilterFactory", "language": "English"}),
)

#: Parts of a word while it is typed: two characters say much more in Japanese than in English.
NGRAM_INDEX = (
    ("tokenizer", {"class": "solr.NGramTokenizerFactory", "minGramSize": "2", "maxGramSize": "10"}),
    ("filter", {"class": "solr.LowerCaseFilterFactory"}),
)
NGRAM_QUERY = (
    ("tokenizer", {"class": "solr.WhitespaceTokenizerFactory"}),
    ("filter", {"class": "solr.LowerCaseFilterFactory"}),
)

Part = tuple[str, dict[str, str]]

#: Field type of CKAN's schema -> what indexes it, what reads a query against it.
ANALYSERS: dict[str, tuple[tuple[Part, ...], tuple[Part, ...]]] = {
    "text": (
        (CHAR_FILTER, TOKENIZER, *WORDS, *STEM),
        (CHAR_FILTER, TOKENIZER, SYNONYMS, *WORDS, *STEM),
    ),
    "text_general": (
        (CHAR_FILTER, TOKENIZER, *WORDS),
        (CHAR_FILTER, TOKENIZER, SYNONYMS, *WORDS),
    ),
    "text_ngram": (
        (CHAR_FILTER, *NGRAM_INDEX),
        (CHAR_FILTER, *NGRAM_QUERY),
    ),
}


class SchemaNotUnderstood(Exception):
    """The schema is not the one that this patch was made for."""


def patched(source: str) -> str:
    """Return the schema with Japanese analysers in its text types.

    Raises `SchemaNotUnderstood` when its name or one of the types is not what was expected: a portal whose search
    silently finds nothing is worse than one that does not start.
    """
    root = ET.fromstring(source)  # noqa: S314 - the file comes from the installed CKAN, not from a user.
    name = root.get("name")
    if root.tag != "schema" or name != SCHEMA_NAME:
        raise SchemaNotUnderstood(
            f"expected the schema {SCHEMA_NAME}, found {name!r}; look at config/solr/patch_schema.py"
        )
    for type_name, (index, query) in ANALYSERS.items():
        field_type = root.find(f".//fieldType[@name='{type_name}']")
        if field_type is None:
            raise SchemaNotUnderstood(
                f"the schema has no field type {type_name!r}; look at config/solr/patch_schema.py"
            )
        for analyser in field_type.findall("analyzer"):
            field_type.remove(analyser)
        field_type.append(analyser_element("index", index))
        field_type.append(analyser_element("query", query))

    ET.indent(root, "    ")
    return ET.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def analyser_element(kind: str, parts: tuple[Part, ...]) -> ET.Element:
    """Return the element of an analyser; `kind` is index or query."""
    element = ET.Element("analyzer", {"type": kind})
    for tag, attributes in parts:
        ET.SubElement(element, tag, attributes)
    return element


def main(arguments: list[str]) -> int:
    """Read the first file, write the second; return the exit code."""
    if len(arguments) != 2:  # noqa: PLR2004 - two files.
        print("usage: patch_schema.py SCHEMA_OF_CKAN PATCHED_SCHEMA", file=sys.stderr)  # noqa: T201
        return 2
    source, target = map(Path, arguments)
    try:
        text = patched(source.read_text(encoding="utf-8"))
    except (SchemaNotUnderstood, ET.ParseError) as error:
        print(f"{source}: {error}", file=sys.stderr)  # noqa: T201
        return 1
    target.write_text('<?xml version="1.0" encoding="UTF-8"?>\n' + text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
