"""What came to a unit, and how far the next link below it is (SUP-3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from mingtian.org.queries import joined_name, person_name, shown_name
from mingtian.org.rules import UnitKind
from mingtian.prompts.access import Place
from mingtian.prompts.models import Prompt
from mingtian.prompts.rules import Kind
from mingtian.prompts.statements import rows


@dataclass(frozen=True, kw_only=True, slots=True)
class PromptRow:
    """One prompt of a unit. ``by_itself`` says that the clock made it, not somebody above."""

    kind: Kind
    made_at: datetime
    missed: bool
    by_itself: bool
    passed_on_at: datetime | None
    passed_on_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkRow:
    """A unit of the next link: counts of its classes and pupils, never a name.

    ``reminded_at`` is when the clock asked it; ``asked_at`` when somebody above did.
    """

    id: int
    public_id: str
    kind: UnitKind
    name: str
    name_en: str
    grade: str
    grade_en: str
    classes: int
    classes_missing: int
    missing: int
    reminded_at: datetime | None
    reminder_passed_at: datetime | None
    asked_at: datetime | None
    asked_passed_at: datetime | None

    @property
    def title(self) -> str:
        own, above = shown_name(self.name, self.name_en), shown_name(self.grade, self.grade_en)
        return joined_name(above, own)

    @property
    def passed_at(self) -> datetime | None:
        """When it last passed something on."""
        times = [each for each in (self.reminder_passed_at, self.asked_passed_at) if each]
        return max(times, default=None)


def list_prompts(place: Place) -> list[PromptRow]:
    """Return what came to the unit at the evening, the oldest first; also what was missed.

    Nothing that a move of the lecture has made untimely is among it.
    """
    found = Prompt.objects.filter(lecture_id=place.evening.lecture_id, unit_id=place.unit.id)
    return [
        PromptRow(
            kind=Kind(each.kind),
            made_at=each.made_at,
            missed=each.missed,
            by_itself=each.sent_from_id is None,
            passed_on_at=each.passed_on_at,
            passed_on_by=person_name(each.passed_on_by),
        )
        for each in found.select_related("passed_on_by").order_by("made_at", "pk")
    ]


def list_links(place: Place) -> list[LinkRow]:
    """Return the units of the next link that have classes taking part, in tree order.

    One statement, also for a city; none at a class, below which is nobody.
    """
    if place.unit.kind is UnitKind.CLASS:
        return []
    values: dict[str, object] = {
        "lecture": place.evening.lecture_id,
        "campaign": place.evening.campaign_id,
        "path": place.subtree,
        "line": place.line.value,
        "day": place.evening.held_on,
        "leaves": place.unit.kind is UnitKind.SCHOOL,
    }
    return [_link(found) for found in rows("below", values)]


def _link(found: tuple[object, ...]) -> LinkRow:
    (key, public_id, kind, name, name_en, grade, grade_en, classes, classes_missing, missing,
     *times) = found  # fmt: skip
    reminded, reminder_passed, asked, asked_passed = (
        cast("datetime | None", each) for each in times
    )
    return LinkRow(
        id=cast("int", key), public_id=str(public_id), kind=UnitKind(str(kind)), name=str(name),
        name_en=str(name_en), grade=str(grade or ""), grade_en=str(grade_en or ""),
        classes=int(str(classes)), classes_missing=int(str(classes_missing)),
        missing=int(str(missing)), reminded_at=reminded, reminder_passed_at=reminder_passed,
        asked_at=asked, asked_passed_at=asked_passed,
    )  # fmt: skip
