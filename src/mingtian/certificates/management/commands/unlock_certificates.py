"""Unlock everything that was earned in a campaign; several may run at once, and again."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from mingtian.campaigns.queries import find_campaign
from mingtian.certificates.actions.unlocking import unlock
from mingtian.core import clock

ACTOR = "system:unlock_certificates"


class Command(BaseCommand):
    help = "Unlocks certificates. Safe to repeat, to run twice at once, and to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--campaign", required=True, help="public id of the campaign")

    def handle(self, *args: object, **options: object) -> None:
        campaign = find_campaign(str(options["campaign"]))
        if campaign is None:
            raise CommandError("There is no campaign of this id. See the address of its page.")
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as progress:
            task = progress.add_task("Certificates", total=None)
            unlocked = unlock(
                campaign=campaign,
                now=clock.now(),
                actor=ACTOR,
                watcher=lambda done, of: progress.update(task, completed=done, total=of),
            )
        self.stdout.write(f"{unlocked} certificates unlocked.")
