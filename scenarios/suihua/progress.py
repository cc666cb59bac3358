"""Says how far the long steps are: as bars on a console, or to nobody."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.progress import TimeElapsedColumn as Elapsed


class Step(StrEnum):
    """The long steps, in order."""

    PEOPLE = "Inventing people"
    UNITS = "Units"
    PERSONS = "Persons, names sealed"
    CODES = "Campaign and learning codes"
    SEATS = "Phones"
    OFFICES = "What the offices prepared"
    EVENINGS = "Evenings"
    DAYS = "Days confirmed and frozen"


Watcher = Callable[[Step, int, int], None]
"""Hears of a step, how much of it is done, and how much there is."""


def quietly(_step: Step, _done: int, _total: int) -> None:
    """Hear of it and say nothing."""


@contextmanager
def bars_on(console: Console) -> Iterator[Watcher]:
    """Show a bar for each step while the block runs."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Elapsed())
    with Progress(*columns, console=console) as progress:
        tasks: dict[Step, TaskID] = {}

        def watch(step: Step, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = progress.add_task(step.value, total=total)
            progress.update(tasks[step], completed=done, total=total)

        yield watch
