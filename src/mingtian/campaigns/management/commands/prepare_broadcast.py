"""Prepare a recording for the evening, with a bar; safe to repeat."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from mingtian.campaigns.actions.broadcasts import RecordingSpec, prepare_recording
from mingtian.campaigns.management.bars import percent_bar
from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.web.refusals import sentence

ACTOR = "system:prepare_broadcast"


class Command(BaseCommand):
    help = "Makes a recording playable on phones. The same file is not encoded twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--title", required=True, help="by which the desk chooses it")
        parser.add_argument("--title-en", default="", help="the same for readers of English")
        parser.add_argument("--segment-seconds", type=int, help="1 to 10; usually 4, short films 2")
        parser.add_argument("--replaces", default="", help="public id of the broadcast to refill")

    def handle(self, *args: object, **options: object) -> None:
        seconds = options["segment_seconds"]
        spec = RecordingSpec(
            source=Path(str(options["file"])),
            title=str(options["title"]),
            title_en=str(options["title_en"]),
            replaces=str(options["replaces"] or ""),
            segment_seconds=seconds if isinstance(seconds, int) else None,
        )
        try:
            with percent_bar(_("Preparing the recording")) as tell:
                broadcast = prepare_recording(
                    spec=spec,
                    shelves=Path(settings.MEDIA_ROOT) / "broadcasts",
                    actor=ACTOR,
                    clock=clock.now,
                    on_progress=tell,
                )
        except RuleBroken as refusal:
            raise CommandError(f"{sentence(refusal)} ({refusal.code})") from refusal
        self.stdout.write(broadcast.public_id)
