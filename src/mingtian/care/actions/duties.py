"""A report of duty: harm or danger was told to the authorities (Minors Law 11).

Needs no consent and no case; stays for good; offices above see it at once.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from mingtian.care.access import ChildPlace
from mingtian.care.actions.common import note, once
from mingtian.care.models import Report, Seen
from mingtian.care.rules import Authority, check_choice, check_words
from mingtian.core.errors import RuleBroken
from mingtian.vault.access import Door
from mingtian.vault.rules import FieldClass, Part

SEALED_AS = (
    (Part.WORKER, FieldClass.HEALTH),
    (Part.READER, FieldClass.HEALTH),
    (Part.COUNSELLOR, FieldClass.TALKS),
    (Part.HELPER, FieldClass.HELPING),
)
"""Under which class a reporter's words are sealed: one that the own part opens."""

BACK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True, slots=True)
class Alarm:
    """A report as it was typed. ``told_at`` None: just now."""

    told: Collection[str]
    told_at: datetime | None = None
    words: str = ""
    key: str = ""


def report_duty(door: Door, place: ChildPlace, alarm: Alarm) -> Report:
    """Record who was told, when and by whom."""
    if not alarm.told:
        raise RuleBroken("care_nobody_told")
    told = sorted({check_choice(Authority, each).value for each in alarm.told})
    told_at = alarm.told_at or door.now
    if not door.now - BACK <= told_at <= door.now + timedelta(minutes=1):
        raise RuleBroken("care_told_when", days=BACK.days)
    words = check_words(alarm.words, required=False)
    sealed_as = next((of for part, of in SEALED_AS if words and part in place.parts), None)

    def make(own: str) -> Report:
        sealed = None
        if sealed_as is not None:
            seal = door.keys([place.id], [sealed_as])[place.id]
            sealed = seal.seal(sealed_as, words, "care_report", "words", own)
        return Report(
            public_id=own, child_id=place.id, by_id=door.user_id, at=door.now, told=told,
            told_at=told_at, words=sealed, sealed_as=sealed_as.value if sealed_as else "",
        )  # fmt: skip

    made, new = once(Report, alarm.key, make)
    if new:
        note(door, "duty_reported", f"child:{place.public_id}", told=",".join(told))
    return made


def see_report(door: Door, report: Report) -> None:
    """Note that an office above has seen the report."""
    if not Seen.objects.filter(report=report, by_id=door.user_id).exists():
        Seen.objects.create(report=report, by_id=door.user_id, at=door.now)
        note(door, "duty_seen", f"report:{report.public_id}")
