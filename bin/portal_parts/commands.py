"""The commands of `bin/portal`."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable

from portal_parts import bench, ckan, pictures, ports, test_run, up
from portal_parts import instance as whole
from portal_parts.paths import Instance
from portal_parts.processes import clean_environment, leader
from portal_parts.say import StepFailed, explain, line, tail
from portal_parts.state import locked

__all__ = ["main"]

PORTAL = Instance("portal")

HELP = """\
bin/portal — 北海道オープンデータポータル / the portal, in one program

  up            必要なものを入れて起動する。二度目からは数秒 / install what is missing, start, repair what is down
  down          止める（データは残る） / stop; the data stay
  status        部品ごとに一行。すべて動いていれば終了コード 0 / one line a part; exit code 0 when all are well
  url           アドレスだけを表示する / print the address
  logs [part]   記録の終わり / the end of the logs: postgres redis solr web worker clock
  reset [--yes] 止めて、この設置のデータをすべて消す / stop, and delete all data of this installation
  install       部品を用意するだけで起動しない（イメージ作り） / only get what is needed, start nothing (for images)
  ckan …        CKAN のコマンド / CKAN's own command line with this portal's settings
  test [--reuse] [lane|path …] [-- pytest options]
                専用の環境でテストする / tests, in instances of their own
                lanes: unit integration functional contract browser load
                --reuse は環境を残して次回に使う / keeps the instance for the next call
                --stop は残した環境を消す / removes the kept instance
  pictures      docs/pages.md の画面を撮り直す / take the pictures of docs/pages.md anew (--all FOLDER: every page)
  bench NAME    測る。一行に一つの JSON / measure: one JSON object a line (tests/load/bench_NAME.py)
"""


def _help(_arguments: list[str]) -> int:
    line(HELP)
    return 0


def _up(_arguments: list[str]) -> int:
    up.up(PORTAL)
    return 0


def _install(_arguments: list[str]) -> int:
    up.prepare_programs("portal")
    return 0


def _down(_arguments: list[str]) -> int:
    with locked(PORTAL.name):
        ended = whole.stop_all(PORTAL)
    line(f"止めました / stopped: {' '.join(ended)}" if ended else "動いていません / nothing was running")
    return 0


def _status(_arguments: list[str]) -> int:
    if not PORTAL.ini.exists():
        line("まだ設置されていません / not installed yet: bin/portal up")
        return 1
    well = True
    for one in [*whole.services(PORTAL, prepare=False), *whole.processes(PORTAL)]:
        pid = leader(one.part)
        healthy = pid is not None and one.ready()
        well = well and healthy
        state = "動作中 / running" if healthy else "停止 / stopped" if pid is None else "応答なし / not answering"
        line(f"{one.part.name:9} {state:24} {f'pid {pid}' if pid else '':12} {one.address}".rstrip())
    return 0 if well else 1


def _url(_arguments: list[str]) -> int:
    if not PORTAL.ini.exists():
        print("まだ設置されていません / not installed yet: bin/portal up", file=sys.stderr)
        return 1
    line(ckan.public_url(PORTAL, ports.load(PORTAL)))
    return 0


def _logs(arguments: list[str]) -> int:
    found = sorted(PORTAL.logs.glob("*.log"))
    wanted = [path for path in found if not arguments or path.stem in arguments]
    if not wanted:
        line(f"記録がありません / no such log. {' '.join(path.stem for path in found)}")
        return 1
    for path in wanted:
        line(f"==> {path}")
        for text in tail(path, 40 if len(wanted) > 1 else 200):
            line(text)
    return 0


def _reset(arguments: list[str]) -> int:
    if "--yes" not in arguments:
        line(f"消えるもの / to be deleted: {PORTAL.folder}")
        line("データベースとアップロードも消えます / with its databases and uploads")
        line("消してよければ yes と入力してください / type yes to delete:")
        if sys.stdin.readline().strip() != "yes":
            line("何もしませんでした / nothing was done")
            return 1
    with locked(PORTAL.name):
        whole.remove(PORTAL)
    line("消しました / deleted")
    return 0


def _ckan(arguments: list[str]) -> int:
    if not PORTAL.ini.exists():
        print("まだ設置されていません / not installed yet: bin/portal up", file=sys.stderr)
        return 1
    # A process of its own, not a replacement of this one: Ctrl+C must reach it, and its exit code must come back.
    return subprocess.run(ckan.command(*arguments, ini=PORTAL.ini), env=clean_environment(), check=False).returncode


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "up": _up,
    "install": _install,
    "down": _down,
    "status": _status,
    "url": _url,
    "logs": _logs,
    "reset": _reset,
    "ckan": _ckan,
    "test": test_run.run,
    "bench": lambda arguments: bench.run(PORTAL, arguments),
    "pictures": lambda arguments: pictures.take(PORTAL, arguments),
    "help": _help,
    "--help": _help,
    "-h": _help,
}


def main(arguments: list[str]) -> int:
    """Run a command; return the exit code."""
    name, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    command = COMMANDS.get(name)
    if command is None:
        print(f"{name}: 知らないコマンドです / unknown command\n\n{HELP}", file=sys.stderr)
        return 2
    os.umask(0o022)
    for stream in (sys.stdout, sys.stderr):
        # A terminal of another encoding shows a question mark instead of ending the work.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        return command(rest)
    except StepFailed as failure:
        if not failure.told:
            explain(f"bin/portal {name}", failure)
        return 1
    except BrokenPipeError:
        # The reader has gone (`| head`): say nothing more, and do not fail again while the stream is closed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        print("\n中止しました / interrupted", file=sys.stderr)
        return 130
