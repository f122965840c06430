"""`bin/portal test`: instances of its own, every lane, one closing line, nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

from portal_parts import ckan, ports, postgres, side_run, system_packages, up
from portal_parts import instance as whole
from portal_parts.paths import CHECKOUT, PYTHON, VAR, Instance
from portal_parts.processes import clean_environment
from portal_parts.say import StepFailed, line, step
from portal_parts.state import locked, make_secrets, read_json, write_json

__all__ = ["LANES", "Outcome", "claim", "closing_line", "own_portal", "run", "understood"]

#: Lanes in the order in which they run; those of one group share a pytest process and what it needs.
GROUPS = (("unit",), ("integration", "functional", "contract"), ("browser", "load"))
LANES = tuple(lane for group in GROUPS for lane in group)
WITHOUT_CKAN = ("-p", "no:ckan", "-p", "no:ckan_fixtures")
TEST_INI = CHECKOUT / "test.ini"
NO_TESTS = 5
KEPT = "test-kept"


@dataclass
class Request:
    """What was asked for on the command line."""

    lanes: list[str] = field(default_factory=list)
    paths: dict[str, list[str]] = field(default_factory=dict)
    pytest: list[str] = field(default_factory=list)
    reuse: bool = False
    stop: bool = False

    @property
    def chosen(self) -> tuple[str, ...]:
        """The lanes to run."""
        return tuple(lane for lane in LANES if not self.lanes or lane in self.lanes)


@dataclass
class Outcome:
    """What came of the lanes so far."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    code: int = 0


def understood(arguments: list[str]) -> Request:
    """Read `[--reuse] [lane or path …] [--] [pytest options …]`; raise `StepFailed` for what is neither."""
    request = Request()
    for position, argument in enumerate(arguments):
        if argument == "--reuse":
            request.reuse = True
        elif argument == "--stop":
            request.stop = True
        elif argument.startswith("-"):
            request.pytest = arguments[position + (argument == "--") :]
            break
        else:
            _add(request, argument)
    return request


def _add(request: Request, argument: str) -> None:
    if argument in LANES:
        request.lanes.append(argument)
        return
    path = Path(argument.split("::", maxsplit=1)[0]).resolve()
    relative = path.relative_to(CHECKOUT).parts if path.is_relative_to(CHECKOUT) else ()
    if len(relative) < 2 or relative[0] != "tests" or relative[1] not in LANES or not path.exists():  # noqa: PLR2004
        raise StepFailed(f"{argument}: レーンでもテストでもありません / neither a lane ({', '.join(LANES)}) nor a test")
    request.lanes.append(relative[1])
    request.paths.setdefault(relative[1], []).append(argument)


def run(arguments: list[str]) -> int:
    """Run the lanes; return the exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    request = understood(arguments)
    _remove_abandoned()
    if request.stop:
        for suffix in ("", "-portal"):
            whole.remove(Instance(f"{KEPT}{suffix}"))
        return 0
    up.prepare_programs("portal", "test")
    outcome = Outcome()
    if not request.lanes and not request.reuse and side_run.is_worth_it():
        with side_run.side_run(side_run.SIDE_LANES, request.pytest) as other:
            _run_lanes(tuple(lane for lane in LANES if lane not in side_run.SIDE_LANES), request, outcome)
            _add_side(other, outcome)
    else:
        _run_lanes(request.chosen, request, outcome)
    line()
    line(closing_line(outcome))
    return outcome.code


def _add_side(other: side_run.SideRun, outcome: Outcome) -> None:
    """Print what the other half printed, and count what it counted."""
    printed, code = other.finish()
    line(printed)
    passed, failed, skipped = side_run.counts(printed) or (0, 1, 0)
    outcome.passed += passed
    outcome.failed += failed
    outcome.skipped += skipped
    outcome.code = outcome.code or code


def _run_lanes(chosen: tuple[str, ...], request: Request, outcome: Outcome) -> None:
    browser = system_packages.ensure_browser() if "browser" in chosen else None
    if "browser" in chosen and browser is None:
        line("• browser: Chromium がないため行いません（Ubuntu には snap 版しかありません）")
        line("           skipped: no Chromium (Ubuntu has only a snap, which a test cannot drive)")
        outcome.skipped += 1
        chosen = tuple(lane for lane in chosen if lane != "browser")
    for group in GROUPS:
        lanes = [lane for lane in group if lane in chosen]
        targets = [target for lane in lanes for target in request.paths.get(lane, [f"tests/{lane}"])]
        if lanes and _has_tests(targets, request, outcome):
            _run_group(lanes, targets, request, outcome, browser)


def closing_line(outcome: Outcome) -> str:
    """Return the one line that says how it went."""
    return f"{outcome.passed} passed, {outcome.failed} failed, {outcome.skipped} skipped"


def _has_tests(targets: list[str], request: Request, outcome: Outcome) -> bool:
    """Return whether there is a test file; a lane that was asked for by name and has none is an error."""
    there = [
        target
        for target in targets
        if "::" in target or Path(target).suffix == ".py" or any((CHECKOUT / target).rglob("test_*.py"))
    ]
    missing = [target for target in targets if target not in there]
    for target in missing:
        line(f"• {target}: テストがありません / no tests")
        targets.remove(target)
        if request.lanes:
            outcome.code = outcome.code or 1
    return bool(there)


def _run_group(lanes: list[str], targets: list[str], request: Request, outcome: Outcome, browser: Path | None) -> None:
    title = " ".join(lanes)
    if lanes == ["unit"]:
        with step(f"テスト / tests: {title}"):
            _pytest([*WITHOUT_CKAN, *targets, *request.pytest], {}, title, outcome)
        return
    whole_portal = lanes[0] in GROUPS[-1]
    with _instance(request, "-portal" if whole_portal else "") as instance:
        environment = _start_portal(instance) if whole_portal else _start_services(instance)
        if "browser" in lanes:
            environment["HOKKAIDO_CHROMIUM"] = str(browser)
        options = [*WITHOUT_CKAN] if whole_portal else [f"--ckan-ini={TEST_INI}"]
        with step(f"テスト / tests: {title}"):
            _pytest([*options, *targets, *request.pytest], environment, title, outcome)


def _start_services(instance: Instance) -> dict[str, str]:
    with step("テスト用の PostgreSQL, Redis, Solr / services for the tests"):
        whole.start_services(instance)
        chosen, secrets = ports.load(instance), make_secrets(instance)
        postgres.ensure_databases(instance, chosen["postgres"], secrets)
        environment = ckan.addresses(instance, chosen, secrets)
        instance.storage.mkdir(parents=True, exist_ok=True)
    with step("テスト用のテーブル / tables for the tests"):
        ckan.migrate(instance, environment=environment, ini=TEST_INI)
        ckan.datastore_permissions(instance, chosen["postgres"], secrets, environment=environment, ini=TEST_INI)
    return environment


def _start_portal(instance: Instance) -> dict[str, str]:
    with step("テスト用のポータル / a portal for the tests"):
        whole.start_services(instance)
    up.prepare_databases(instance)
    secrets = make_secrets(instance)
    with step("テスト用のサンプルとウェブ / its sample and web processes"):
        ckan.load_sample(instance, secrets)
        whole.start_processes(instance)
    return {
        "HOKKAIDO_PORTAL_URL": ckan.site_url(ports.load(instance)),
        "HOKKAIDO_SAMPLE_PASSWORD": secrets["sample"],
        "HOKKAIDO_PORTAL_INI": str(instance.ini),
    }


def _pytest(arguments: list[str], environment: dict[str, str], title: str, outcome: Outcome) -> None:
    report = VAR / f".report-{os.getpid()}.xml"
    process = subprocess.Popen(
        [str(PYTHON), "-P", "-m", "pytest", f"--junitxml={report}", *arguments],
        cwd=CHECKOUT,
        env=clean_environment(**environment),
    )
    try:
        code = process.wait()
    except BaseException:
        # The terminal's Ctrl+C reached pytest too, which ends its test first; a SIGTERM did not.
        process.terminate()
        process.wait()
        raise
    finally:
        _count(report, outcome)
        report.unlink(missing_ok=True)
    if code == NO_TESTS:
        line(f"{title}: 選ばれたテストがありません / no test was selected")
    if code:
        outcome.code = code


def _count(report: Path, outcome: Outcome) -> None:
    try:
        suites = list(ET.parse(report).getroot().iter("testsuite"))  # noqa: S314 - pytest wrote it.
    except (OSError, ET.ParseError):
        outcome.failed += 1
        return
    for suite in suites:
        tests, bad, skipped = (int(suite.get(name, 0)) for name in ("tests", "failures", "skipped"))
        bad += int(suite.get("errors", 0))
        outcome.passed += tests - bad - skipped
        outcome.failed += bad
        outcome.skipped += skipped


@contextmanager
def own_portal() -> Iterator[dict[str, str]]:
    """Give a measurement a whole portal that it may fill, removed afterwards; its progress goes to the error stream."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with redirect_stdout(sys.stderr):
        _remove_abandoned()
        up.prepare_programs("portal", "test")
    with ExitStack() as stack:
        with redirect_stdout(sys.stderr):
            environment = _start_portal(stack.enter_context(_instance(Request(), "-bench")))
        try:
            yield environment
        finally:
            with redirect_stdout(sys.stderr):
                stack.close()


@contextmanager
def _instance(request: Request, suffix: str) -> Iterator[Instance]:
    """Give a group an instance of its own, removed afterwards unless it is to be used again."""
    if request.reuse:
        with locked(f"{KEPT}{suffix}"):
            yield Instance(f"{KEPT}{suffix}")
        return
    instance = Instance(f"test-{os.getpid()}{suffix}")
    claim(instance)
    try:
        yield instance
    finally:
        with step("片付け / cleaning up"):
            whole.remove(instance)


def claim(instance: Instance) -> None:
    """Note that an instance belongs to this process, so that a later run removes it when this one is killed."""
    write_json(instance.folder / "owner.json", {"pid": os.getpid(), "started": _started(os.getpid())})


def _started(pid: int) -> str:
    """Return when a process started, in the kernel's ticks: with its number, a name that is never given twice."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    except OSError:
        return ""


def _remove_abandoned() -> None:
    """Remove what a killed run left behind."""
    for folder in VAR.glob("test-*"):
        owner = read_json(folder / "owner.json")
        if owner and _started(owner["pid"]) != owner["started"]:
            line(f"• 前回の残りを片付けます / removing what an earlier run left: {folder.name}")
            whole.remove(Instance(folder.name))
