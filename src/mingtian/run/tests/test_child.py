"""A process of ours has its own environment and log, and is ended exactly."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingtian.run.child import Child

SAYS = "import os, time; print(os.environ['WORD'], flush=True); time.sleep(600)"


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Child]:
    own = Child(
        [sys.executable, "-c", SAYS], environment={"WORD": "明天"}, log=tmp_path / "child.log"
    )
    yield own
    own.kill()


def heard(child: Child) -> str:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and not child.log_tail():
        time.sleep(0.01)
    return child.log_tail()


def test_it_runs_with_its_own_environment_and_log(child: Child) -> None:
    child.start()

    assert heard(child) == "明天\n"
    assert child.is_running


@pytest.mark.parametrize("how", ["stop", "kill"])
def test_it_is_gone_when_it_was_ended_and_can_be_started_again(child: Child, how: str) -> None:
    child.start()
    pid = child.pid

    getattr(child, how)()
    getattr(child, how)()  # a second time finds nothing to end

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    child.start()
    assert child.is_running
    assert child.pid != pid


def test_one_that_ended_by_itself_does_not_run(tmp_path: Path) -> None:
    own = Child([sys.executable, "-c", "print('over')"], environment={}, log=tmp_path / "log")
    own.start()
    assert heard(own) == "over\n"

    own.stop()

    assert not own.is_running
