"""Import a roster file below a unit, with progress bars."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import find_unit
from mingtian.people.actions import (
    ImportResult,
    Roster,
    RosterPreview,
    import_roster,
    preview_roster,
    rejected_rows,
)
from mingtian.people.rosters.plan import Options
from mingtian.people.rosters.plan import Progress as Heard
from mingtian.web.refusals import sentence

ACTOR = "system:import_roster"
SHOWN_PROBLEMS = 20


class Command(BaseCommand):
    help = "Imports a roster (XLSX or CSV) below a unit. A repeat changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--under", required=True, help="public id of a class, school, county …")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument("--create-missing", action="store_true", help="found unknown classes")
        parser.add_argument("--mark-absent", action="store_true", help="let the absent leave today")
        parser.add_argument("--rejected", type=Path, help="write refused rows to this workbook")

    def handle(self, *args: object, **options: object) -> None:
        now = clock.now()
        under = find_unit(str(options["under"]), clock.day_of(now))
        if under is None:
            raise CommandError(_("There is no open unit with this id."))
        try:
            roster = Roster(
                content=Path(str(options["file"])).read_bytes(),
                under=under,
                options=Options(
                    create_missing=bool(options["create_missing"]),
                    mark_absent=bool(options["mark_absent"]),
                ),
            )
            if rejected := options["rejected"]:
                Path(str(rejected)).write_bytes(rejected_rows(roster=roster, now=now))
            self._run(roster, dry=bool(options["dry_run"]))
        except OSError as error:
            raise CommandError(_("The file cannot be read: %(why)s") % {"why": error}) from error
        except RuleBroken as refusal:
            raise CommandError(sentence(refusal)) from refusal

    def _run(self, roster: Roster, *, dry: bool) -> None:
        now = clock.now()
        with Bars(Console(stderr=True)) as bars:
            if dry:
                self._tell_preview(preview_roster(roster=roster, now=now, stage=bars.stage))
                return
            with transaction.atomic():
                result = import_roster(roster=roster, actor=ACTOR, now=now, stage=bars.stage)
        self._tell_result(result)

    def _tell_preview(self, seen: RosterPreview) -> None:
        for problem in seen.problem_rows(SHOWN_PROBLEMS):
            self.stdout.write(f"{problem.row}: {problem.sentence}")
        if len(seen.problems) > SHOWN_PROBLEMS:
            self.stdout.write("…")
        self.stdout.write(
            _(
                "%(rows)d rows: %(new)d new, %(changed)d changed, %(unchanged)d unchanged, "
                "%(back)d back again, %(rejected)d refused; %(absent)d of the named classes "
                "are not in the file. Nothing was written."
            )
            % {
                "rows": seen.rows,
                "new": seen.new,
                "changed": seen.changed,
                "unchanged": seen.unchanged,
                "back": seen.back,
                "rejected": seen.rejected,
                "absent": seen.absent,
            }
        )

    def _tell_result(self, done: ImportResult) -> None:
        self.stdout.write(
            _(
                "%(new)d new, %(changed)d changed, %(unchanged)d unchanged, %(back)d back "
                "again, %(left)d left, %(classes)d classes founded, %(rejected)d rows refused."
            )
            % {
                "new": done.new,
                "changed": done.changed,
                "unchanged": done.unchanged,
                "back": done.back,
                "left": done.left,
                "classes": done.classes_founded,
                "rejected": done.rejected,
            }
        )


class Bars:
    """One bar for each stage of an import."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
        )

    def __enter__(self) -> "Bars":
        self._progress.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._progress.stop()

    def stage(self, word: str, rows: int) -> Heard:
        words = {"checking": _("Checking rows"), "writing": _("Writing people")}
        task = self._progress.add_task(words[word], total=rows)
        return lambda done: self._progress.advance(task, done)
