"""What modules keep about people, in a form that a family can read and take away.

Each module that keeps something about a person offers two functions at its doors
(Minors Online Regulation 34, PIPL 45 to 47):

* ``queries.kept_about(person_ids) -> list[Kept]``: everything it keeps, nothing left out;
* ``actions.forget(person_ids, *, now, actor) -> int``: removes it and returns how many rows went.
"""

from dataclasses import dataclass, field
from datetime import datetime


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
