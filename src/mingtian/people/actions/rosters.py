"""Import rosters in two steps: a preview that only reads, and the commit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.sql import Lock, hold
from mingtian.org.actions import UnitSpec, create_tree
from mingtian.org.queries import UnitRow, list_children, unit_rows
from mingtian.org.rules import UnitKind
from mingtian.people.actions.batches import open_content
from mingtian.people.models import RosterBatch
from mingtian.people.rosters.headings import find_sheet
from mingtian.people.rosters.matching import Missing, UnitBook, grade_key
from mingtian.people.rosters.plan import Change, Options, Plan, Problem, Progress, make_plan
from mingtian.people.rosters.reading import read_tables
from mingtian.people.rosters.rejected import problem_sentence, rejected_workbook
from mingtian.people.rosters.writing import add_people, change_people, let_people_leave

Stage = Callable[[str, int], Progress]
"""Begins a stage of so many rows, by a stable word, and returns who hears of its progress."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Roster:
    """A file to be imported below one unit."""

    content: bytes
    under: UnitRow
    options: Options


@dataclass(frozen=True, kw_only=True, slots=True)
class ProblemRow:
    """A refused row, its number as people see it, and why, in the reader's language."""

    row: int
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RosterPreview:
    """What an import would do, in numbers; no names."""

    rows: int
    new: int
    changed: int
    unchanged: int
    back: int
    absent: int
    absent_to_mark: int
    units: int
    rejected: int
    problems: list[Problem]
    classes_missing: list[tuple[str, str, str, int]]
    """School, grade, class and number of pupils of each class that would be founded."""

    @property
    def accepted(self) -> int:
        return self.new + self.changed + self.unchanged + self.back

    def problem_rows(self, most: int) -> list[ProblemRow]:
        """Return the first refusals in words."""
        return [
            ProblemRow(row=problem.row, sentence=problem_sentence(problem))
            for problem in self.problems[:most]
        ]


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportResult:
    """What an import did."""

    new: int
    changed: int
    unchanged: int
    back: int
    absent: int
    left: int
    classes_founded: int
    rejected: int


def preview_roster(*, roster: Roster, now: datetime, stage: Stage | None = None) -> RosterPreview:
    """Say what an import would do, without writing. Refuses a file that is no roster."""
    day = day_of(now)
    return _described(_planned(roster, day, stage), roster.under, day)


def rejected_rows(*, roster: Roster, now: datetime) -> bytes:
    """Return the refused rows as a workbook in the reader's language."""
    return rejected_workbook(_planned(roster, day_of(now), None))


def import_roster(
    *, roster: Roster, actor: str, now: datetime, stage: Stage | None = None
) -> ImportResult:
    """Take over every row that is sound; the same file a second time changes nothing.

    Those absent from the file are marked as having left today only when that was chosen,
    and only in classes of which no row was refused. One import runs at a time.
    """
    day = day_of(now)
    with transaction.atomic():
        hold(Lock.UNIT_TREE)
        hold(Lock.ROSTERS)
        plan = _planned(roster, day, stage)
        founded = _found_classes(plan, day, actor=actor, now=now)
        units = [founded[e.unit] if isinstance(e.unit, Missing) else e.unit for e in plan.new]
        changes = len(plan.new) + len(plan.updates)
        progress = stage("writing", changes) if stage and changes else None
        add_people(plan.new, units, now, progress)
        change_people(plan.updates, progress)
        left = let_people_leave(plan.absent, day) if roster.options.mark_absent else 0
        result = ImportResult(
            new=plan.counts[Change.NEW],
            changed=plan.counts[Change.CHANGED],
            unchanged=plan.counts[Change.UNCHANGED],
            back=plan.counts[Change.BACK],
            absent=sum(plan.absent_by_unit.values()),
            left=left,
            classes_founded=len(founded),
            rejected=plan.rejected_rows,
        )
        audit.record(
            actor=actor,
            action="people.roster_imported",
            subject=f"unit:{roster.under.public_id}",
            now=now,
            new=result.new,
            changed=result.changed,
            back=result.back,
            left=result.left,
            rejected=result.rejected,
        )
    return result


def preview_batch(*, batch: RosterBatch, now: datetime) -> RosterPreview:
    """Preview a stored upload against the rosters as they are now."""
    return preview_roster(roster=roster_of(batch, now), now=now)


def commit_batch(*, batch: RosterBatch, actor: str, now: datetime) -> ImportResult:
    """Import a stored upload and delete it. A second press finds it gone and is refused."""
    with transaction.atomic():
        roster = roster_of(batch, now)
        deleted, _by_model = RosterBatch.objects.filter(pk=batch.pk).delete()
        if not deleted:
            raise RuleBroken("batch_gone")
        return import_roster(roster=roster, actor=actor, now=now)


def roster_of(batch: RosterBatch, now: datetime) -> Roster:
    """Return the roster that a stored upload holds; refused when its unit has closed."""
    under = unit_rows([batch.under_id], day_of(now)).get(batch.under_id)
    if under is None:
        raise RuleBroken("batch_gone")
    options = Options(create_missing=batch.create_missing, mark_absent=batch.mark_absent)
    return Roster(content=open_content(batch), under=under, options=options)


def _planned(roster: Roster, day: date, stage: Stage | None) -> Plan:
    sheet = find_sheet(read_tables(roster.content))
    progress = stage("checking", len(sheet.rows)) if stage and sheet.rows else None
    plan = make_plan(sheet, under=roster.under, day=day, options=roster.options, progress=progress)
    if not plan.rows:
        raise RuleBroken("file_without_rows")
    return plan


def _described(plan: Plan, under: UnitRow, day: date) -> RosterPreview:
    book = UnitBook(under, day) if plan.missing else None
    return RosterPreview(
        rows=plan.rows,
        new=plan.counts[Change.NEW],
        changed=plan.counts[Change.CHANGED],
        unchanged=plan.counts[Change.UNCHANGED],
        back=plan.counts[Change.BACK],
        absent=sum(plan.absent_by_unit.values()),
        absent_to_mark=len(plan.absent),
        units=len(plan.units) + len(plan.missing),
        rejected=plan.rejected_rows,
        problems=plan.problems,
        classes_missing=[
            (book.school_title(missing.school_id), missing.grade_name, missing.class_name, pupils)
            for missing, pupils in sorted(plan.missing.items(), key=lambda item: _ordered(item[0]))
        ]
        if book
        else [],
    )


def _ordered(missing: Missing) -> tuple[int, str, str]:
    return missing.school_id, missing.grade, missing.class_key


def _found_classes(plan: Plan, day: date, *, actor: str, now: datetime) -> dict[Missing, int]:
    """Found the classes that are missing, with their grades, and return their keys."""
    if not plan.missing:
        return {}
    grades = {
        (school, grade_key(row.name)): row.id
        for school in {missing.school_id for missing in plan.missing}
        for row in list_children(school, day)
        if row.kind is UnitKind.GRADE
    }
    specs: dict[str, UnitSpec] = {}
    for missing in plan.missing:
        above: int | str = missing.school_id
        if missing.grade and (existing := grades.get((missing.school_id, missing.grade))):
            above = existing
        elif missing.grade:
            above = f"{missing.school_id}/{missing.grade}"
            specs[above] = UnitSpec(
                key=above, kind=UnitKind.GRADE, name=missing.grade_name, leads=missing.school_id
            )
        key = "/".join(map(str, _ordered(missing)))
        specs[key] = UnitSpec(key=key, kind=UnitKind.CLASS, name=missing.class_name, leads=above)
    keys = create_tree(specs=list(specs.values()), opened_on=day, actor=actor, now=now)
    return {missing: keys["/".join(map(str, _ordered(missing)))] for missing in plan.missing}
