"""One bar for one long step of a command, and an orderly end when it is stopped."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn


@contextmanager
def percent_bar(words: str) -> Iterator[Callable[[int], None]]:
    """Show a bar on the error stream; yield what moves it to a percent.

    A request to terminate unwinds like Ctrl-C, so that ffmpeg ends too and nothing half
    made is left.
    """
    earlier = signal.signal(signal.SIGTERM, _stop)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    try:
        with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as progress:
            task = progress.add_task(words, total=100)
            yield lambda percent: progress.update(task, completed=percent)
    finally:
        signal.signal(signal.SIGTERM, earlier)


def _stop(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)
