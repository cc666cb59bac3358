"""A class's evening in words, for its group (STA-2): counts and thanks, nobody's name."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mingtian.closings.days import DayRow
from mingtian.closings.queries.days import SumRow
from mingtian.org.queries import UnitRow
from mingtian.people.rules import PersonKind

HOUSEHOLDS = 101
LONGEST = 300
"""What groups take in one piece (GRP-2)."""


def summary_of(day: DayRow, unit: UnitRow, rows: Iterable[SumRow]) -> str:
    """Return the text, at most 300 characters, in the reader's language.

    Who did not come is not in it, neither by name nor by number: the text thanks.
    """
    found = list(rows)
    pupils = sum(row.arrived for row in found if row.kind == PersonKind.PUPIL)
    families = sum(row.arrived for row in found if row.kind == HOUSEHOLDS)
    elders = sum(row.arrived for row in found if row.kind == PersonKind.GRANDPARENT)
    lines = [
        _("%(unit)s · evening %(number)s “%(title)s”")
        % {"unit": unit.title, "number": day.number, "title": day.shown_title},
        _("Families who watched: %(families)s; pupils among them: %(pupils)s.")
        % {"families": families, "pupils": pupils},
    ]
    if elders:
        lines.append(
            ngettext(
                "%(number)s grandparent sat with them. Thank you.",
                "%(number)s grandparents sat with them. Thank you.",
                elders,
            )
            % {"number": elders}
        )
    lines.append(_("Whoever had no time finds the replay under the same code. Thank you all."))
    return "\n".join(lines)[:LONGEST]
