"""Register the HLS address of a broadcaster as something a lecture can show."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from mingtian.campaigns.actions.broadcasts import register_outside_stream
from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.web.refusals import sentence


class Command(BaseCommand):
    help = "Registers an outside live stream (https, .m3u8). Nothing is fetched."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")
        parser.add_argument("--title", required=True, help="by which the desk chooses it")
        parser.add_argument("--title-en", default="", help="the same for readers of English")

    def handle(self, *args: object, **options: object) -> None:
        try:
            broadcast = register_outside_stream(
                title=str(options["title"]),
                title_en=str(options["title_en"]),
                address=str(options["address"]),
                actor="system:register_outside_stream",
                now=clock.now(),
            )
        except RuleBroken as refusal:
            raise CommandError(f"{sentence(refusal)} ({refusal.code})") from refusal
        self.stdout.write(broadcast.public_id)
