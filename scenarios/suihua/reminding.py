"""The rhythm of the last evenings: prompts made in time, and passed on by one school (SGN-2)."""

from datetime import timedelta

from scenarios.suihua.city import Evening
from scenarios.suihua.doing import Doing

from mingtian.org.rules import Line
from mingtian.prompts.access import Place
from mingtian.prompts.actions import keep_rhythm, pass_on
from mingtian.prompts.evenings import find_evening

HALF_HOUR, FIVE_MINUTES, PASSED_ON = (timedelta(minutes=minutes) for minutes in (29, 4, 20))
EVENINGS_TOLD = 3
"""Further back nobody looks for prompts that were missed."""


def remind(doing: Doing) -> None:
    """Make the prompts of the last evenings and tonight's; Shangjia's school passes them on."""
    tonight = doing.city.evening_on(doing.today)
    evenings = [*doing.past[-EVENINGS_TOLD:], *([tonight] if tonight else [])]
    for evening in evenings:
        keep_rhythm(now=evening.starts_at - HALF_HOUR)
        _pass_on(doing, evening)
        keep_rhythm(now=evening.starts_at - FIVE_MINUTES)


def _pass_on(doing: Doing, evening: Evening) -> None:
    key = doing.city.plan.shangjia.key
    found = find_evening(evening.lecture_id)
    assert found is not None, "the campaign of the scenario is open"
    place = Place(
        evening=found, unit=doing.unit(key), line=Line.LEADS, path=doing.path(key), may_act=True
    )
    pass_on(place=place, by=doing.by("principal"), now=evening.starts_at - PASSED_ON)
