"""The benchmarks run and speak the agreed language; their figures are for people, not for a verdict."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
KEYS = {"name", "ours", "peer", "ratio", "unit", "memory_mb", "note"}


@pytest.mark.parametrize("bench", sorted(FOLDER.glob("bench_*.py")), ids=lambda path: path.stem)
def test_a_benchmark_runs_and_reports_lines_of_json(bench: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-P", str(bench)],
        env={**os.environ, "HOKKAIDO_BENCH_QUICK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert results
    assert all(set(result) == KEYS and result["ours"] > 0 for result in results)
