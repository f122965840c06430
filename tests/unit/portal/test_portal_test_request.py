"""`bin/portal test` understands lanes, paths and pytest's own options."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from portal_parts import test_run
from portal_parts.say import StepFailed

CHECKOUT = Path(__file__).resolve().parents[3]
HERE = str(Path(__file__).resolve())


def test_nothing_named_means_every_lane() -> None:
    assert test_run.understood([]).chosen == test_run.LANES


def test_lanes_run_in_their_own_order() -> None:
    assert test_run.understood(["contract", "unit"]).chosen == ("unit", "contract")


def test_a_path_chooses_its_lane() -> None:
    request = test_run.understood([HERE])
    assert (request.chosen, request.paths) == (("unit",), {"unit": [HERE]})


def test_one_test_of_a_file_can_be_named() -> None:
    assert test_run.understood([f"{HERE}::test_x"]).chosen == ("unit",)


@pytest.mark.parametrize("options", [["-k", "unit"], ["--", "-k", "unit"]])
def test_what_follows_the_first_foreign_option_is_for_pytest(options: list[str]) -> None:
    request = test_run.understood(["contract", *options])
    assert (request.chosen, request.pytest) == (("contract",), ["-k", "unit"])


def test_an_instance_can_be_kept() -> None:
    assert test_run.understood(["--reuse", "contract"]).reuse


@pytest.mark.parametrize("word", ["integratoin", "tests/nowhere/test_x.py", "../tests/unit"])
def test_a_word_that_is_neither_lane_nor_test_is_refused(word: str) -> None:
    with pytest.raises(StepFailed):
        test_run.understood([word])


def test_the_closing_line_names_all_three_counts() -> None:
    assert test_run.closing_line(test_run.Outcome(3, 2, 1)) == "3 passed, 2 failed, 1 skipped"


def test_an_unknown_command_is_refused_with_the_list_of_those_that_exist() -> None:
    answer = subprocess.run(
        [sys.executable, str(CHECKOUT / "bin" / "portal"), "launch"], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 2
    assert "launch" in answer.stderr
    assert "reset" in answer.stderr
