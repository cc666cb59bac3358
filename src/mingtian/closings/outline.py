"""Reads what the page of a day shows, at the unit where the reader stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from mingtian.closings import pages
from mingtian.closings.access import Place
from mingtian.closings.actions.confirm import counts_of_rows
from mingtian.closings.pages import ANSWER_WORDS, ODDITY_WORDS, REASON_WORDS, Line
from mingtian.closings.queries.days import (
    ClosingRow,
    ConfirmationRow,
    CorrectionRow,
    HouseRow,
    QuestionRow,
    SumRow,
    find_closing,
    find_confirmation,
    list_corrections,
    list_houses_below,
    list_questions,
    list_sums,
    stage_of,
)
from mingtian.closings.rules import CONFIRMING, HOUSES, Answer, Stage, due_at
from mingtian.core.figures import Figure
from mingtian.org.queries import list_subtree
from mingtian.org.rules import COUNTING_KINDS
from mingtian.people.queries.words import PEOPLE_WORDS
from mingtian.web.rules import percent
from mingtian.web.tables import Row


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question as it is shown."""

    row: QuestionRow
    unit: str
    words: str
    answer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Corrected:
    """A correction as it is shown."""

    row: CorrectionRow
    unit: str
    who: str
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """Everything on the page of a day. ``lines`` are units that count at a house and at such a unit itself (``shows_leaves``), else
    units that confirm.
    """

    stage: Stage
    due: datetime | None
    figures: Sequence[Figure]
    lines: Sequence[Line]
    is_house: bool
    shows_leaves: bool
    confirmation: ConfirmationRow | None
    changed: bool
    closing: ClosingRow | None
    silent: Sequence[HouseRow] = ()
    questions: Sequence[Asked] = ()
    corrections: Sequence[Corrected] = ()
    answers: Sequence[tuple[str, str]] = field(default_factory=list)

    @property
    def corrects(self) -> bool:
        """The reader sets numbers of some line right."""
        return any(line.may_correct for line in self.lines)

    @property
    def open_questions(self) -> int:
        return sum(each.row.answer is None for each in self.questions)


def page_of(place: Place, now: datetime) -> Page:
    """Return the page. At most eleven statements, however many classes there are."""
    day, unit, path = place.day, place.unit, place.subtree
    stage = stage_of(day, place.path, now)
    is_house = unit.kind in HOUSES
    shows_leaves = is_house or unit.kind in COUNTING_KINDS
    rows = list_sums(day, path, leaves=shows_leaves)
    confirmation = find_confirmation(day.lecture_id, unit.id) if unit.kind in CONFIRMING else None
    more = _of_leaves(place, rows, stage) if shows_leaves else _of_office(place, rows)
    return Page(
        stage=stage,
        due=_due(place, now),
        figures=pages.figures_of(day, unit, rows, stage.status),
        is_house=is_house,
        shows_leaves=shows_leaves,
        confirmation=confirmation,
        changed=confirmation is not None and confirmation.counts != counts_of_rows(rows),
        closing=find_closing(day.lecture_id) if stage.frozen else None,
        answers=[(answer.value, str(ANSWER_WORDS[answer])) for answer in Answer],
        **more,
    )


def _of_leaves(place: Place, rows: Sequence[SumRow], stage: Stage) -> dict[str, Any]:
    day = place.day
    units = list_subtree(place.unit.id, day.held_on)
    may = (place.may_confirm or place.may_correct) and stage.closed and not stage.frozen
    lines = pages.class_lines(units, rows, corrects=place.unit.id if may else None)
    titles = {line.unit_id: line.title for line in lines}
    return {
        "lines": lines,
        "questions": [
            Asked(
                row=each,
                unit=titles[each.unit_id],
                words=str(ODDITY_WORDS[each.oddity]),
                answer=str(ANSWER_WORDS[each.answer]) if each.answer else "",
            )
            for each in list_questions(day.lecture_id, titles)
        ],
        "corrections": [
            Corrected(
                row=each,
                unit=titles[each.unit_id],
                who=str(PEOPLE_WORDS[each.kind]),
                why=str(REASON_WORDS[each.reason]),
            )
            for each in list_corrections(day.lecture_id, titles)
        ],
    }


def _of_office(place: Place, rows: Sequence[SumRow]) -> dict[str, Any]:
    houses = list_houses_below(place.day, place.subtree)
    lines = pages.house_lines(houses, rows, depth=len(place.path), day=place.day)
    return {"lines": lines, "silent": pages.silent_of(houses)}


def table_of(page: Page, place: Place) -> list[Row]:
    """Return the page's table for a spreadsheet."""
    day = place.day
    head = [
        [place.unit.title, day.shown_campaign],
        [_("Evening %(number)s") % {"number": day.number}, day.held_on.isoformat()],
        [],
    ]
    columns = [
        _("Unit"), _("Pupils arrived"), _("Pupils expected"), _("Pupils arrived of expected"),
        _("Arrived"), _("Watched to the end"), _("Corrected by people"), _("Confirmed at"),
        _("Schools and townships"), _("Silent"),
    ]  # fmt: skip
    body = [
        [
            line.title, line.pupils, line.pupils_expected, _share(line), line.arrived,
            line.completed,
            _("yes") if line.corrected else None,
            line.confirmed_at,
            line.houses or None, line.silent if line.houses else None,
        ]
        for line in page.lines
    ]  # fmt: skip
    return [*head, columns, *body]


def _share(line: Line) -> str | None:
    return percent(line.pupils / line.pupils_expected) if line.pupils_expected else None


def _due(place: Place, now: datetime) -> datetime | None:
    """Return until when the unit is to confirm; None once that is over."""
    if place.unit.kind not in CONFIRMING:
        return None
    due = due_at(place.unit.kind, place.day.ends_at)
    return due if now < due else None
