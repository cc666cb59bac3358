"""What killed test runs leave in memory goes at the start of the next; living runs keep theirs."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingtian.run.postgres import Cluster
from mingtian.testing.leftovers import (
    CLUSTER,
    CONTROLLER,
    fresh_folder,
    remove_leftovers,
    stamp_of,
)


def gone_pid() -> int:
    """Return the number of a process that has just ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


@pytest.fixture
def living() -> Iterator[int]:
    """A process that lives until the test is over."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process.pid
        process.kill()


def folder_of(memory: Path, *, controller: str = "", server: int | None = None) -> Path:
    folder = memory / f"mingtian-test-{len(list(memory.iterdir())):08}"
    (folder / CLUSTER).mkdir(parents=True)
    if controller:
        (folder / CONTROLLER).write_text(controller)
    if server is not None:
        (folder / CLUSTER / "postmaster.pid").write_text(f"{server}\n{folder}\n")
    return folder


def test_the_folder_of_a_dead_run_goes(tmp_path: Path) -> None:
    pid = gone_pid()
    killed = folder_of(tmp_path, controller=f"{pid} 1", server=pid)
    unstarted = folder_of(tmp_path, controller=f"{pid} 1")

    assert remove_leftovers(tmp_path) == [killed, unstarted]
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_a_living_run_stays_also_while_its_server_is_down(
    tmp_path: Path, living: int
) -> None:
    folder_of(tmp_path, controller=stamp_of(living))
    folder_of(tmp_path, controller=stamp_of(living), server=gone_pid())

    assert remove_leftovers(tmp_path) == []


def test_a_process_that_got_the_number_of_a_dead_run_does_not_keep_its_folder(
    tmp_path: Path, living: int
) -> None:
    pid, began = stamp_of(living).split()
    folder = folder_of(tmp_path, controller=f"{pid} {int(began) - 1}")

    assert remove_leftovers(tmp_path) == [folder]


def test_without_word_of_the_run_its_server_decides(tmp_path: Path, living: int) -> None:
    folder_of(tmp_path, server=living)
    folder_of(tmp_path)
    dead = folder_of(tmp_path, server=gone_pid())

    assert remove_leftovers(tmp_path) == [dead]


def test_nothing_else_in_memory_is_touched(tmp_path: Path) -> None:
    for name in ("mingtian-demo-00000001", "mingtian-test-kept-by-hand"):
        (tmp_path / name).mkdir()
        (tmp_path / name / CONTROLLER).write_text(f"{gone_pid()} 1")

    assert remove_leftovers(tmp_path) == []
    assert len(list(tmp_path.iterdir())) == 2


def test_a_new_run_says_who_it_is_in_its_folder_after_the_leftovers_are_gone(
    tmp_path: Path,
) -> None:
    old = folder_of(tmp_path, controller=f"{gone_pid()} 1")

    def roomy() -> Path:
        assert not old.exists(), "the room that leftovers took is free before it is measured"
        return tmp_path

    folder = fresh_folder(tmp_path, roomy)

    assert (folder / CONTROLLER).read_text() == stamp_of(os.getpid())
    assert remove_leftovers(tmp_path) == []


def test_the_server_of_a_killed_run_is_stopped(tmp_path: Path) -> None:
    """SIGKILL leaves the postmaster running, since it belongs to nobody's terminal."""
    folder = folder_of(tmp_path, controller=f"{gone_pid()} 1")
    cluster = Cluster(folder / CLUSTER, {"shared_buffers": "1MB", "max_connections": "5"})
    cluster.start()
    try:
        assert remove_leftovers(tmp_path) == [folder]
        assert not cluster.running()
        assert not cluster.socket.exists()
    finally:
        cluster.remove()
