"""What the pages of supervision show, put together from rows; and the same as tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from mingtian.closings.queries import DayRow
from mingtian.org.rules import Line, Role, UnitKind
from mingtian.supervision.access import INSIDE, Place
from mingtian.supervision.queries.help import (
    BelowRow,
    CallRow,
    MarkRow,
    TicketRow,
    VisitRow,
    find_mark,
    list_below,
    list_calls,
    list_tickets,
)
from mingtian.supervision.rules import SMALLEST, State, about
from mingtian.supervision.words import (
    CAUSE_WORDS,
    ROLE_WORDS,
    STAGE_WORDS,
    STATE_CHIPS,
    STATE_WORDS,
    VISIT_WORDS,
    WHY_WORDS,
    time_taken,
)
from mingtian.web.rules import grouped
from mingtian.web.tables import Row


@dataclass(frozen=True, kw_only=True, slots=True)
class HelpPage:
    """Where help is wanted on an evening, at one unit."""

    below: Sequence[BelowRow]
    mark: MarkRow | None
    calls: Sequence[CallRow]
    made: Sequence[CallRow]
    asked: Sequence[TicketRow]
    tickets: Sequence[TicketRow]
    stage: str
    """When the numbers below were taken; empty while there are none."""

    @property
    def smallest(self) -> int:
        """Units that usually count fewer are not marked as fallen."""
        return SMALLEST

    @property
    def questions(self) -> int:
        return sum(each.questions for each in self.below)

    @property
    def fallen(self) -> int:
        return sum(each.mark is not None and each.mark.is_fall for each in self.below)


def help_page(day: DayRow, place: Place, now: datetime) -> HelpPage:
    """Return the page; at most four statements, however many units stand below.

    Who reads figures alone gets the table and nothing else.
    """
    below = [] if place.unit.kind in INSIDE else list_below(day, place.subtree, place.line)
    guided = [each.id for each in below] if place.line is Line.GUIDES else []
    calls: list[CallRow] = []
    tickets: list[TicketRow] = []
    if place.reads:
        calls = _calls(day, place, now, guided)
        tickets = list_tickets(day, place.unit.id, guided=guided, name_classes=place.inside)
    marks = [each.mark for each in below if each.mark is not None]
    waits = {State.OPEN} if place.acts else set()
    return HelpPage(
        below=below,
        mark=find_mark(day, place.unit.id) if place.unit.kind not in INSIDE else None,
        calls=[each for each in calls if each.done_at is None],
        made=[each for each in calls if each.done_at is not None],
        asked=[each for each in tickets if each.own and each.state in waits],
        tickets=[each for each in tickets if not (each.own and each.state in waits)],
        stage=str(STAGE_WORDS[marks[0].stage]) if marks else "",
    )


def _calls(day: DayRow, place: Place, now: datetime, guided: Sequence[int]) -> list[CallRow]:
    if place.unit.kind in {UnitKind.CLASS, UnitKind.GRADE}:
        return []
    return list_calls(day, place.unit.id, now, guided)


def mark_words(mark: MarkRow) -> str:
    """Say a mark as one says it: "about 10,000, the evening before 9,100, this evening 8,200".

    The page says which evening it is; it is read on later days as well.
    """
    if mark.usual is None:
        return _("this evening %(value)s") % {"value": grouped(mark.value)}
    values = {
        "usual": grouped(about(mark.usual)),
        "before": grouped(mark.before or 0),
        "value": grouped(mark.value),
    }
    return (
        _("usually about %(usual)s, the evening before %(before)s, this evening %(value)s") % values
    )


def below_table(page: HelpPage, place: Place, day: DayRow) -> list[Row]:
    """Return the units below for a spreadsheet, in tree order."""
    columns = [
        _("Unit"), _("Usually about"), _("The evening before"), day.held_on.isoformat(), _("Fewer than usual"),
        _("Calls"), _("Calls made"), _("Tickets"), _("Tickets open"), _("First answer, minutes"),
        _("Questions without an answer"),
    ]  # fmt: skip
    body = [
        [
            each.title,
            about(each.mark.usual) if each.mark and each.mark.usual is not None else None,
            each.mark.before if each.mark else None,
            each.mark.value if each.mark else None,
            _("yes") if each.mark and each.mark.is_fall else None,
            each.calls, each.calls_made, each.tickets, each.tickets_open,
            None if each.response is None else round(each.response / 60), each.questions,
        ]
        for each in page.below
    ]  # fmt: skip
    return [*_head(place, day, page.stage), columns, *body]


def call_table(page: HelpPage, place: Place, day: DayRow) -> list[Row]:
    """Return the calls for a spreadsheet."""
    columns = [
        _("Unit"), _("Why called"), _("Numbers"), _("Since"), _("Who calls"), _("Called at"),
        _("What it was"), _("In a few words"),
    ]  # fmt: skip
    body = [
        [
            each.title, str(WHY_WORDS[each.why]), mark_words(each.mark) if each.mark else None,
            each.made_at, each.done_by or each.taken_by or each.given_to or None,
            each.done_at, str(CAUSE_WORDS[each.cause]) if each.cause else None, each.words,
        ]
        for each in (*page.calls, *page.made)
    ]  # fmt: skip
    return [*_head(place, day), columns, *body]


def ticket_table(page: HelpPage, place: Place, day: DayRow) -> list[Row]:
    """Return the tickets for a spreadsheet."""
    columns = [
        _("Unit"), _("What it is"), _("In a few words"), _("State"), _("Opened at"),
        _("Now with"), _("Since"), _("Answered at"), _("First answer, minutes"), _("Answer"),
        _("Solved at"),
    ]  # fmt: skip
    body = [
        [
            each.title, str(CAUSE_WORDS[each.cause]), each.words, str(STATE_WORDS[each.state]),
            each.opened_at, each.office, each.passed_at or each.opened_at,
            each.answered_at,
            None if each.response is None else round(each.response / 60), each.answer,
            each.solved_at,
        ]
        for each in (*page.asked, *page.tickets)
    ]  # fmt: skip
    return [*_head(place, day), columns, *body]


def visit_table(place: Place, visits: Sequence[VisitRow]) -> list[Row]:
    """Return the visits for a spreadsheet."""
    columns = [
        _("School"), _("Kind"), _("Visitor"), _("Role"), _("Visit at"), _("Told on"), _("Purpose"),
        _("What was found"), _("To be done"), _("Still to be done"), _("Called off"),
    ]  # fmt: skip
    body = [
        [
            each.school, str(VISIT_WORDS[each.kind]), each.visitor, str(ROLE_WORDS[Role(each.role)]),
            each.visits_at,
            each.announced_on.isoformat() if each.announced_on else None, each.purpose,
            each.findings, each.follow_ups, each.follow_ups_open,
            _("yes") if each.called_off_at else None,
        ]
        for each in visits
    ]  # fmt: skip
    return [[place.unit.title], [], columns, *body]


def cause_word(cause: str) -> str:
    """Name a cause; a blank one is nothing."""
    return str(CAUSE_WORDS.get(cause, "")) if cause else ""  # type: ignore[call-overload]


def state_chip(state: State) -> tuple[str, str]:
    """Return a state's colour and word."""
    return STATE_CHIPS[state], str(STATE_WORDS[state])


def _head(place: Place, day: DayRow, stage: str = "") -> list[Row]:
    evening = _("Evening %(number)s") % {"number": day.number}
    return [
        [place.unit.title, day.shown_campaign],
        [evening, day.held_on.isoformat(), *([stage] if stage else [])],
        [],
    ]


__all__ = [
    "HelpPage",
    "below_table",
    "call_table",
    "cause_word",
    "help_page",
    "mark_words",
    "state_chip",
    "ticket_table",
    "time_taken",
    "visit_table",
]
