"""End the term of a campaign: let go of persons, keep totals; print what went."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from mingtian.campaigns.queries import CampaignRow
from mingtian.campaigns.queries.homes import find_published
from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.family.actions.retention import TermReport, end_term, over_at, plan_term
from mingtian.family.kept_words import COUNTS, moment
from mingtian.web.refusals import sentence

ACTOR = "system:retention"


class Command(BaseCommand):
    help = "After a campaign's term: removes names, phones and maps; totals and serials stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--campaign", required=True, help="public id of the campaign")
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *args: object, **options: object) -> None:
        campaign = find_published(str(options["campaign"]))
        if campaign is None:
            raise CommandError(_("There is no campaign with this id that was ever opened."))
        now, keep_days = clock.now(), settings.KEEP_DAYS
        if options["dry_run"]:
            self._show(campaign, plan_term(campaign, keep_days=keep_days, now=now))
            return
        try:
            report = end_term(campaign=campaign, keep_days=keep_days, now=now, actor=ACTOR)
        except RuleBroken as refusal:
            raise CommandError(sentence(refusal)) from refusal
        self._show(campaign, report)

    def _show(self, campaign: CampaignRow, report: TermReport) -> None:
        table = Table(title=campaign.title)
        table.add_column(_("What"))
        table.add_column(_("Rows"), justify="right")
        for key, number in report.removed.items():
            table.add_row(str(COUNTS.get(key, key)), f"{number:,}")
        if report.receipt:
            done = _("Removed. Receipt: %(code)s") % {"code": report.receipt}
        else:
            when = moment(over_at(campaign, settings.KEEP_DAYS))
            done = _("Nothing was removed. It may be from %(when)s on.") % {"when": when}
        console = Console(file=self.stdout)  # type: ignore[arg-type]  # it writes text
        console.print(table)
        console.print(done)
