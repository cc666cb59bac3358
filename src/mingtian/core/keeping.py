"""What modules keep about people, in a form that a family can read and take away.

Each module that keeps something about a person offers two functions at its doors
(Minors Online Regulation 34, PIPL 45 to 47):

* ``queries.kept_about(person_ids) -> list[Kept]``: everything it keeps, nothing left out;
* ``actions.forget(person_ids, *, now, actor) -> int``: removes it and returns how many rows went.

And two for the end of a campaign's term (PIPL 19), which meet in one selection of rows, so that
what a dry run counts is what goes:

* ``queries.count_term(term) -> dict[str, int]``: the rows that would go, by a stable word;
* ``actions.end_term(term, *, now, actor) -> dict[str, int]``: lets them go and counts them by the
  same words. Totals stay what they are, without anybody in them.
"""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """One thing that is kept.

    ``what`` is a stable word ("certificate", "comment"); ``facts`` are plain values for the
    file that a family takes away, without ids of rows. ``person_id`` is None for what belongs
    to the household as a whole.
    """

    what: str
    person_id: int | None
    at: datetime | None
    facts: dict[str, str | int | bool | None] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A campaign whose persons are let go, all by key.

    ``homes`` and ``units`` (classes, groups, communities) are those that no other campaign
    needs. Whoever came onto a roster after ``ended_at`` is not of this term.
    """

    campaign: int
    public_id: str
    last_on: date
    ended_at: datetime
    lectures: tuple[int, ...]
    homes: tuple[int, ...]
    units: tuple[int, ...]
