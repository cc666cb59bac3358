"""Prompts of the clock: made when due, once; recorded when missed; moved with the lecture."""

from collections import Counter
from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils import translation

from mingtian.core import audit
from mingtian.groups.actions import Sender, To, send
from mingtian.prompts.evenings import EveningRow, find_evening
from mingtian.prompts.models import Prompt
from mingtian.prompts.rules import LOOKED_BACK, MADE_BY_ITSELF, MADE_UNTIL, OPENS, Kind
from mingtian.prompts.statements import rows
from mingtian.prompts.texts import text_for_class_teachers

ACTOR = "system:prompts"


def keep_rhythm(*, now: datetime) -> int:
    """Make what is due, record what was missed, take back what was moved; return how many are new.

    Any number of workers may do so at once and any number of times: a prompt is one row for each
    lecture, kind and unit, and whoever comes second finds it.
    """
    made = 0
    with transaction.atomic():
        _drop_moved(now)
        for kind in MADE_BY_ITSELF:
            made += _make(kind, now, missed=False)
            _make(kind, now, missed=True)
    return made


def say_by_robots(*, now: datetime) -> int:
    """Say the half-hour text where a school's group of class teachers has a robot.

    Only to class teachers: to families nobody speaks but their class teacher. The text goes once
    (groups keep it by its source), and the school has passed its prompt on by that.
    """
    values: dict[str, object] = {
        "now": now, "opens": OPENS[Kind.HALF_HOUR], "until": MADE_UNTIL[Kind.HALF_HOUR]
    }  # fmt: skip
    said = 0
    for unit, lecture, *_more, groups in rows("to_say", values):
        evening = find_evening(cast("int", lecture))
        if evening is not None:
            _say(cast("int", unit), evening, cast("list[str]", groups), now)
            said += 1
    return said


def _say(unit_id: int, evening: EveningRow, groups: list[str], now: datetime) -> None:
    start = f"{evening.times.starts_at:%m%d%H%M}"
    with transaction.atomic(), translation.override("zh-hans"):
        send(
            text=text_for_class_teachers(evening),
            to=To(groups=groups),
            source=f"prompts:{evening.lecture_id}:{unit_id}:{start}",
            by=Sender(username=ACTOR, unit_id=unit_id),
            now=now,
        )
        Prompt.objects.filter(
            lecture_id=evening.lecture_id, unit_id=unit_id, kind=Kind.HALF_HOUR.value,
            passed_on_at=None,
        ).update(passed_on_at=now)  # fmt: skip


def _make(kind: Kind, now: datetime, *, missed: bool) -> int:
    values: dict[str, object] = {
        "kind": kind.value,
        "kinds": [each.value for each in MADE_BY_ITSELF[kind]],
        "opens": OPENS[kind],
        "until": MADE_UNTIL[kind],
        "after": now - LOOKED_BACK,
        "now": now,
        "missed": missed,
    }
    found = rows("make", values)
    action = "prompts.missed" if missed else "prompts.made"
    for lecture, units in Counter(cast("int", key) for (key,) in found).items():
        audit.record(
            actor=ACTOR, action=action, subject=f"lecture:{lecture}", now=now, kind=kind.value,
            units=units,
        )  # fmt: skip
    return len(found)


def _drop_moved(now: datetime) -> None:
    values: dict[str, object] = {
        "kinds": [kind.value for kind in OPENS], "opens": list(OPENS.values()), "now": now
    }  # fmt: skip
    dropped = Counter(cast("int", key) for (key,) in rows("drop_moved", values))
    for lecture, units in dropped.items():
        audit.record(
            actor=ACTOR, action="prompts.moved", subject=f"lecture:{lecture}", now=now, units=units
        )
