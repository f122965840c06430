"""The mapping tables: YAML beside this file, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ckanext.hokkaido_core.domain.fingerprint import of_folder
from ckanext.hokkaido_dcat.domain.mapping import Entry, Mapping, Rule, Table

__all__ = ["authorities", "fingerprint", "goj_items", "mapping", "obligations", "scoring"]

TABLES = ("catalog", "record", "dataset", "distribution", "service", "series", "agent")


def _read(name: str) -> dict[str, Any]:
    return yaml.safe_load(files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8"))


def _table(name: str) -> Table:
    content = _read(name)
    return Table(tuple(content["types"]), tuple(Rule(**rule) for rule in content["rules"]))


@cache
def mapping() -> Mapping:
    """Return the tables of the suite's own profile."""
    return Mapping(**{name: _table(name) for name in TABLES})


@cache
def authorities() -> dict[str, dict[str, Entry]]:
    """Return the standard's own value lists by name, each code -> entry."""
    return {
        name: {str(code): Entry(code=str(code), **row) for code, row in rows.items()}
        for name, rows in _read("authorities").items()
    }


@cache
def goj_items() -> dict[str, dict[str, dict[str, str]]]:
    """Return the items of DCAT-GoJ by class: item -> `{obligation, property}` or `{obligation, reason}`."""
    return _read("goj")


@cache
def obligations() -> dict[str, dict[str, list[str]]]:
    """Return what DCAT-AP asks: short name of a class -> obligation -> short names of properties."""
    return _read("obligations")


@cache
def scoring() -> dict[str, dict[str, dict[str, Any]]]:
    """Return the indicators of the score: dimension -> name -> `{points, measure, property, field}`."""
    return _read("scoring")


@cache
def fingerprint() -> str:
    """Return a SHA-256 in hexadecimal that changes with every byte of every table."""
    return of_folder(files(__package__), ".yaml")
