"""CKAN's settings file: the template filled in, and what the operator sets otherwise."""

from __future__ import annotations

import re
from configparser import Error as BadIni
from configparser import RawConfigParser
from pathlib import Path

from portal_parts.paths import CONFIG, VAR
from portal_parts.say import StepFailed

__all__ = ["LOCAL", "TEMPLATE", "local", "overridden", "render"]

TEMPLATE = CONFIG / "ckan.ini.template"

#: The operator's own settings, which win over the template and outlive `reset`.
LOCAL = VAR / "local.ini"

SECTION = "[app:main]"


def render(template: str, values: dict[str, str]) -> str:
    """Fill the words in double braces; raise `StepFailed` for one that has no value or whose value breaks an ini."""
    wanted = set(re.findall(r"{{(\w+)}}", template))
    if missing := wanted - values.keys():
        raise StepFailed(f"{TEMPLATE.name}: 値がありません / no value for: {', '.join(sorted(missing))}")
    for name in wanted:
        if "\n" in values[name]:
            raise StepFailed(f"{TEMPLATE.name}: {name} に使えない文字があります / holds a line break")
    # ConfigParser reads `%` as the start of a reference; a path may hold one.
    return re.sub(r"{{(\w+)}}", lambda match: values[match[1]].replace("%", "%%"), template)


def local(path: Path = LOCAL) -> dict[str, str]:
    """Return the operator's settings; raise `StepFailed` when the file cannot be understood."""
    parser = RawConfigParser()
    # CKAN's names are case-sensitive: SESSION_TYPE.
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read(path, encoding="utf-8")
    except BadIni as error:
        raise StepFailed(f"{path}: 読めません / cannot be read: {error}") from error
    return dict(parser["app:main"]) if parser.has_section("app:main") else {}


def overridden(text: str, settings: dict[str, str]) -> str:
    """Return the settings file with these settings in place of its own, and those it lacks at the section's end."""
    left = {name: value.replace("\n", "\n    ") for name, value in settings.items()}
    kept: list[str] = []
    here = dropping = False
    for line in text.splitlines():
        if line.startswith("["):
            kept += _leave(left) if here else []
            here = line.strip() == SECTION
        name = _name(line) if here else None
        if name is not None:
            dropping = name in left
            kept.append(f"{name} = {left.pop(name)}" if dropping else line)
        elif not (dropping and line[:1].isspace()):
            # What is indented belongs to the setting above it.
            dropping = False
            kept.append(line)
    return "\n".join(kept + (_leave(left) if here else [])) + "\n"


def _name(line: str) -> str | None:
    return line.split("=", 1)[0].strip() if "=" in line and not line[0].isspace() and line[0] not in "#;[" else None


def _leave(left: dict[str, str]) -> list[str]:
    lines = [f"{name} = {value}" for name, value in left.items()]
    left.clear()
    return [*lines, ""] if lines else []
