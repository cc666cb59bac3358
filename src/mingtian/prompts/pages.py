"""What the page of reminders shows at one link of the chain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtian.boards.queries import Reminding, reminding_of
from mingtian.core.clock import day_of
from mingtian.groups.queries import list_groups
from mingtian.groups.rules import Audience
from mingtian.org.rules import UnitKind
from mingtian.prompts.access import Place
from mingtian.prompts.queries import LinkRow, PromptRow, list_links, list_prompts
from mingtian.prompts.rules import Kind
from mingtian.prompts.texts import text_for_class_teachers, text_for_next_link
from mingtian.readiness.queries.duty import on_duty
from mingtian.web.tables import Row

KIND_WORDS = {
    Kind.HALF_HOUR: gettext_lazy("Half an hour before"),
    Kind.FIVE_MINUTES: gettext_lazy("Five minutes before"),
    Kind.MISSING: gettext_lazy("Families are not in yet"),
}

HELD_BACK = timedelta(minutes=15)
"""So long after its page was opened the list of a finished evening is still of use."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A prompt with its words."""

    row: PromptRow
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """Everything on the page. ``text`` is empty where none may be offered any more.

    ``for_families`` says that the text is meant for families; then ``rests`` says that it is
    past the hour in which they are spoken to.
    """

    prompts: Sequence[Shown]
    links: Sequence[LinkRow]
    text: str
    for_families: bool
    rests: bool
    reminding: Reminding | None
    robots: Sequence[str]
    on_duty: Sequence[str]
    begun: bool
    on_air: bool
    over: bool
    may_prompt: bool

    @property
    def waiting(self) -> bool:
        """Something came that nobody has passed on yet."""
        return any(not each.row.missed and each.row.passed_on_at is None for each in self.prompts)

    @property
    def missing(self) -> int:
        return sum(link.missing for link in self.links)

    @property
    def to_prompt(self) -> int:
        """How many units of the next link miss pupils and were not prompted yet."""
        return sum(link.missing > 0 and link.asked_at is None for link in self.links)


def page_of(reader: User | AnonymousUser, place: Place, now: datetime) -> Page:
    """Return the page; its number of statements does not depend on the number of units."""
    times, is_class = place.evening.times, place.unit.kind is UnitKind.CLASS
    begun = now >= times.opens(Kind.MISSING)
    prompts = [
        Shown(row=each, words=str(KIND_WORDS[each.kind]))
        for each in list_prompts(place)
        if now >= times.opens(each.kind)
    ]
    reminding = _reminding(reader, place, now, names=begun) if is_class else None
    over = now >= times.ends_at or not place.evening.is_open
    links = list_links(place)
    missing = [link for link in links if begun and link.missing]
    return Page(
        prompts=prompts,
        links=links,
        text=reminding.text if reminding else _text(place, prompts, missing, over),
        for_families=is_class,
        rests=is_class and not over and not times.may_address_families(now),
        reminding=reminding,
        robots=_robots(place) if place.may_act else [],
        on_duty=_on_duty(place),
        begun=begun,
        on_air=now >= times.starts_at and not over,
        over=over,
        may_prompt=place.may_act and not is_class and begun and not over,
    )


def table_of(links: Sequence[LinkRow]) -> list[Row]:
    """Return the chain below as a table for a spreadsheet."""
    head = [
        _("Unit"), _("Classes"), _("Classes where pupils are missing"), _("Pupils missing"),
        _("Reminded at"), _("Prompted at"), _("Passed on at"),
    ]  # fmt: skip
    body: list[Row] = [
        [
            link.title, link.classes, link.classes_missing, link.missing,
            link.reminded_at, link.asked_at, link.passed_at,
        ]
        for link in links
    ]  # fmt: skip
    return [head, *body]


def _reminding(
    reader: User | AnonymousUser, place: Place, now: datetime, *, names: bool
) -> Reminding:
    evening, times = place.evening, place.evening.times
    wanted = names and day_of(now) == evening.held_on and now < times.ends_at + HELD_BACK
    return reminding_of(reader, evening.lecture_id, place.unit, now, names=wanted)


def _text(place: Place, prompts: Sequence[Shown], missing: Sequence[LinkRow], over: bool) -> str:
    """Return what an office or school says to the next link; nothing where there is no need."""
    if over:
        return ""
    asked = any(each.row.kind is Kind.MISSING for each in prompts)
    if place.unit.kind is UnitKind.SCHOOL and not asked:
        return text_for_class_teachers(place.evening) if prompts else ""
    return text_for_next_link(place.evening) if asked or missing else ""


def _robots(place: Place) -> list[str]:
    """Return the public ids of the unit's own groups of the next link that have a robot."""
    audience = AUDIENCES.get(place.unit.kind)
    if audience is None:
        return []
    return [
        group.public_id
        for group in list_groups(
            place.unit.id, place.evening.held_on, audiences=[audience], only_open=True
        )
        if group.unit_id == place.unit.id and group.robot is not None
    ]


AUDIENCES = {UnitKind.CLASS: Audience.FAMILIES, UnitKind.SCHOOL: Audience.TEACHERS}
"""Whom the group of a link holds: the next link and nobody further."""


def _on_duty(place: Place) -> list[str]:
    if place.unit.kind is not UnitKind.SCHOOL:
        return []
    found = on_duty([place.unit.id], place.evening.held_on).get(place.unit.id, [])
    return [each.name for each in found if each.lecture_id == place.evening.lecture_id]
