"""What a post is to do, in a form that the desk can put in order.

Each module whose work waits for people offers at its doors

* ``queries.todo.list_todos(posts, *, now) -> list[Todo]``: what waits for the holder of these
  posts, at most two statements however many posts there are and however wide they reach. Alike
  things are one item with a number, never one for each class.
* if people are named for things there, ``queries.todo.list_in_hand(posts, *, now) -> list[Todo]``: for
  what the holder of these posts is named. It stands in no list of the desk; it goes along with a
  hand-over.

The desk calls them all and shows the list; it knows no module's rules.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import IntEnum

from mingtian.core.clock import SHANGHAI


class When(IntEnum):
    """How soon it is to be done; the desk shows the smaller first."""

    OVERDUE = 0
    NOW = 1
    TODAY = 2
    SOON = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Todo:
    """One thing to do, one action long.

    ``kind`` is a stable word ("day.confirm"); ``text`` says what to do, beginning with the verb,
    ``about`` with which thing, both in the reader's language; ``address`` leads to the very
    place where it is done. ``due_at`` is None for what has no hour; a day without an hour is ``due_on``, and
    lasts to its end. ``number`` is how many alike things wait there.
    """

    kind: str
    text: str
    about: str
    address: str
    when: When
    due_at: datetime | None = None
    due_on: date | None = None
    number: int = 1

    @property
    def until(self) -> datetime | None:
        """The instant by which it is due, for putting things in order."""
        if self.due_on is None:
            return self.due_at
        return datetime.combine(self.due_on, time.max, SHANGHAI)
