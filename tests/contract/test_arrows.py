"""The arrows of the design: which room may know which other."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "ckanext.hokkaido_"

#: What each plugin may know of its siblings; everything else is reached by action name or signal.
KNOWS: dict[str, set[str]] = {
    "core": set(),
    "schema": {"core"},
    "inventory": {"core", "schema"},
    "dcat": {"core", "schema"},
    "standards": {"core", "schema"},
    "demand": {"core", "schema", "inventory", "dcat", "standards"},
    "board": {"core", "schema", "inventory", "dcat", "standards", "demand"},
    "harvest": {"core", "schema"},
}

#: Layers inside a plugin and the layers that they must not import.
MUST_NOT_IMPORT: dict[str, set[str]] = {
    "domain": {"model", "service", "logic", "views", "cli", "jobs", "workbook", "plugin"},
    "model": {"service", "logic", "views", "cli", "jobs", "plugin"},
    "service": {"logic", "views", "cli", "jobs", "plugin"},
    "logic": {"views", "cli", "plugin"},
    "views": {"model", "service", "cli", "plugin"},
    "workbook": {"model", "service", "logic", "views", "cli", "plugin"},
}

#: Libraries that only one room may touch.
ONLY_IN: dict[str, tuple[str, ...]] = {
    "openpyxl": ("core/workbook_scan.py", "inventory/workbook/", "schema/workbook/", "standards/", "board/"),
    "python_calamine": ("core/workbook_faults.py", "inventory/workbook/", "schema/workbook/", "standards/"),
    "rdflib": ("dcat/", "harvest/"),
    "pyoxigraph": ("dcat/", "harvest/"),
}


@cache
def _modules() -> list[tuple[str, str, ast.Module]]:
    """Return plugin, path inside the plugin, and syntax tree of every module of the suite."""
    found = []
    for path in sorted(ROOT.glob("ckanext/hokkaido_*/**/*.py")):
        plugin = path.relative_to(ROOT / "ckanext").parts[0].removeprefix("hokkaido_")
        inside = path.relative_to(ROOT / "ckanext" / f"hokkaido_{plugin}").as_posix()
        if not inside.startswith("migration/"):
            found.append((plugin, inside, ast.parse(path.read_text(encoding="utf-8"))))
    return found


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            base = node.module or ""
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _assigned(tree: ast.Module) -> set[str]:
    """Return the names that a module assigns at its top level."""
    targets = [
        node.targets if isinstance(node, ast.Assign) else [node.target]
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
    ]
    return {getattr(target, "id", "") for group in targets for target in group}


def _is_public(target: str) -> bool:
    """Tell whether a module of a sibling is its public face.

    The pure helpers of the core (`domain`) and its guards of workbooks are public too: what needs no CKAN could not
    import `shared`, which does.
    """
    parts = target.removeprefix(PREFIX).split(".")
    if len(parts) == 1:
        return False
    return parts[1] == "shared" or (parts[0] == "core" and (parts[1] == "domain" or parts[1].startswith("workbook_")))


def test_every_plugin_has_its_place_in_the_table() -> None:
    found = {path.name.removeprefix("hokkaido_") for path in ROOT.glob("ckanext/hokkaido_*") if path.is_dir()}
    assert found == set(KNOWS)


@pytest.mark.parametrize("plugin", sorted(KNOWS))
def test_a_plugin_knows_only_the_public_face_of_the_plugins_below_it(plugin: str) -> None:
    wrong = []
    for owner, inside, tree in _modules():
        if owner != plugin:
            continue
        for target in _imports(tree):
            if not target.startswith(PREFIX):
                continue
            sibling = target.removeprefix(PREFIX).split(".")[0]
            if sibling != plugin and not (sibling in KNOWS[plugin] and _is_public(target)):
                wrong.append(f"{plugin}/{inside} imports {target}")
    assert wrong == []


def test_layers_inside_a_plugin_point_one_way() -> None:
    wrong = []
    for plugin, inside, tree in _modules():
        forbidden = MUST_NOT_IMPORT.get(inside.split("/")[0].removesuffix(".py"), set())
        own = f"{PREFIX}{plugin}."
        rooms = {target: target.removeprefix(own).split(".")[0] for target in _imports(tree) if target.startswith(own)}
        wrong.extend(f"{plugin}/{inside} imports {target}" for target, room in rooms.items() if room in forbidden)
    assert wrong == []


def test_no_module_knows_one_that_knows_it() -> None:
    """Imports in functions and for types alone count: a circle is one however it is hidden."""
    names = {
        f"{PREFIX}{plugin}.{inside.removesuffix('.py').replace('/', '.')}": tree for plugin, inside, tree in _modules()
    }
    graph = {}
    for name, tree in names.items():
        # What is imported is a module, or a name in one. Packages are left out: they list what lies in them.
        targets = {end for target in _imports(tree) for end in (target, target.rpartition(".")[0]) if end in names}
        graph[name] = targets - {name}
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as circle:
        pytest.fail(" <- ".join(circle.args[1]))


def test_domain_is_pure() -> None:
    wrong = []
    for plugin, inside, tree in _modules():
        if not inside.startswith("domain/"):
            continue
        for target in _imports(tree):
            top = target.split(".")[0]
            ours = target.startswith((f"{PREFIX}{plugin}.domain", f"{PREFIX}core.domain"))
            if top not in sys.stdlib_module_names and not ours:
                wrong.append(f"{plugin}/{inside} imports {target}")
    assert wrong == []


def test_services_do_not_know_the_web() -> None:
    wrong = [
        f"{plugin}/{inside} imports {target}"
        for plugin, inside, tree in _modules()
        if inside.startswith(("service/", "model/"))
        for target in _imports(tree)
        if target.split(".")[0] in {"flask", "werkzeug", "click"}
    ]
    assert wrong == []


def test_heavy_libraries_stay_in_their_room() -> None:
    wrong = [
        f"{plugin}/{inside} imports {target}"
        for plugin, inside, tree in _modules()
        for target in _imports(tree)
        if (rooms := ONLY_IN.get(target.split(".")[0])) and not f"{plugin}/{inside}".startswith(rooms)
    ]
    assert wrong == []


def test_services_never_commit() -> None:
    wrong = [
        f"{plugin}/{inside}:{node.lineno}"
        for plugin, inside, tree in _modules()
        if inside.startswith("service/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]
    assert wrong == []


def test_modules_that_blankets_read_name_what_they_export() -> None:
    read = {"cli", "helpers", "logic", "views"}
    wrong = [
        f"{plugin}/{inside}"
        for plugin, inside, tree in _modules()
        if inside.split("/")[0].removesuffix(".py") in read
        and not all(isinstance(node, ast.Expr) for node in tree.body)
        and "__all__" not in _assigned(tree)
    ]
    assert wrong == []
