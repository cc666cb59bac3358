"""Who read what: the log, as supervisors, auditors and workers see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.http import Http404
from django.utils.translation import gettext as _

from mingtian.core.clock import SHANGHAI
from mingtian.vault.access import Door, keep
from mingtian.vault.rules import FieldClass, Purpose
from mingtian.vault.words import CLASS_WORDS, PURPOSE_WORDS

Value = str | int | date | datetime | list[int]

MOST_SHOWN = 200
MOST_EXPORTED = 100_000


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingRow:
    """One reading: who, of which child (by number), which classes, why, and whether turned away.

    ``who`` is the name that colleagues know; ``account`` tells two of one name apart in files.
    """

    at: datetime
    who: str
    account: str
    child: str
    classes: tuple[FieldClass, ...]
    purpose: Purpose
    refused: bool


def list_readings(
    units: Sequence[int], first: date, last: date, *, child: str = "", who: str = "",
    most: int = MOST_SHOWN,
) -> list[ReadingRow]:  # fmt: skip
    """Return readings of children of these units between two days, the newest first. One statement.

    The units are the reader's reach (``access.units_of_log``). Erased children stay in the log.
    ``who`` is an account, or a part of a name.
    """
    begins = datetime(first.year, first.month, first.day, tzinfo=SHANGHAI)
    values: dict[str, Value] = {
        "units": list(units), "begins": begins, "last": last, "child": child, "who": who,
        "most": most,
    }  # fmt: skip
    with keep("list readings"):
        return _rows(_LOG, values)


def readings_of(door: Door, child: int, *, most: int = 50) -> list[ReadingRow]:
    """Return the newest readings of a child in sight of the person at the door. One statement.

    A worker and a supervisor see who has looked; 404 when the child is out of sight.
    """
    if not door.sees(child):
        raise Http404
    with keep("readings of a child in sight"):
        return _rows(_OF_CHILD, {"child": child, "most": most})


def told_reading(row: ReadingRow) -> tuple[str, str]:
    """Return what was read and why, in the reader's language."""
    return _(", ").join(str(CLASS_WORDS[each]) for each in row.classes), str(
        PURPOSE_WORDS[row.purpose]
    )


def _rows(statement: str, values: Mapping[str, Value]) -> list[ReadingRow]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [
            ReadingRow(
                at=at, who=who, account=account, child=child, purpose=Purpose(purpose), refused=refused,
                classes=tuple(FieldClass(word) for word in classes.split(",") if word),
            )
            for at, who, account, child, classes, purpose, refused in cursor.fetchall()
        ]  # fmt: skip


_COLUMNS = """
    SELECT reading.at,
           coalesce(org_person_name(person.first_name, person.last_name, person.username), '–'),
           coalesce(person.username, '–'), child.public_id, reading.classes, reading.purpose,
           reading.refused
    FROM vault_reading reading
    JOIN vault_child child ON child.id = reading.child
    LEFT JOIN auth_user person ON person.id = reading."user"
"""

_LOG = f"""{_COLUMNS}
    WHERE reading.at >= %(begins)s
      AND reading.at < ((%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')
      AND (child.unit_id = ANY (%(units)s) OR child.school_id = ANY (%(units)s))
      AND (%(child)s::text = '' OR child.public_id = %(child)s)
      AND (%(who)s::text = '' OR person.username = %(who)s
           OR strpos(lower(org_person_name(person.first_name, person.last_name, person.username)),
                     lower(%(who)s)) > 0)
    ORDER BY reading.at DESC, reading.id DESC LIMIT %(most)s
"""

_OF_CHILD = f"""{_COLUMNS}
    WHERE reading.child = %(child)s ORDER BY reading.at DESC, reading.id DESC LIMIT %(most)s
"""
