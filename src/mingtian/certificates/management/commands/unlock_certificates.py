"""Unlock everything that was earned; several may run at once, and again."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from mingtian.campaigns.queries import CampaignRow, find_campaign
from mingtian.campaigns.queries.running import list_open_campaigns
from mingtian.certificates.actions.unlocking import unlock
from mingtian.core import clock

ACTOR = "system:unlock_certificates"


class Command(BaseCommand):
    help = "Unlocks certificates. Safe to repeat, to run twice at once, and to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--campaign", help="public id of one campaign; otherwise all open ones")

    def handle(self, *args: object, **options: object) -> None:
        unlocked = sum(_unlock(each) for each in _campaigns(options["campaign"]))
        self.stdout.write(f"{unlocked} certificates unlocked.")


def _campaigns(public_id: object) -> list[CampaignRow]:
    if public_id is None:
        return list_open_campaigns()
    campaign = find_campaign(str(public_id))
    if campaign is None:
        raise CommandError("There is no campaign of this id. See the address of its page.")
    return [campaign]


def _unlock(campaign: CampaignRow) -> int:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as progress:
        task = progress.add_task(campaign.name, total=None)
        return unlock(
            campaign=campaign,
            now=clock.now(),
            actor=ACTOR,
            watcher=lambda done, of: progress.update(task, completed=done, total=of),
        )
