"""Make the sample lecture of this product, and prepare it when asked; instant when repeated."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from mingtian.campaigns.broadcasts.sample import FontsMissing, make_sample
from mingtian.campaigns.management.bars import percent_bar
from mingtian.core.errors import RuleBroken
from mingtian.web.refusals import sentence

TITLE = "法律陪我长大（示范课）"
TITLE_EN = "The law grows with me (sample)"
SHORTEST_SECONDS, LONGEST_SECONDS = 10, 7200


class Command(BaseCommand):
    help = "Makes a small lecture of our own as MP4 and prints where it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seconds", type=int, default=600)
        parser.add_argument("--out", type=Path, help="folder; usually samples in the media folder")
        parser.add_argument("--prepare", action="store_true", help="print the broadcast's id too")
        parser.add_argument("--segment-seconds", type=int)

    def handle(self, *args: object, **options: object) -> None:
        seconds = int(str(options["seconds"]))
        if not SHORTEST_SECONDS <= seconds <= LONGEST_SECONDS:
            raise CommandError(_("A sample lecture lasts from 10 to 7200 seconds."))
        folder = Path(str(options["out"] or Path(settings.MEDIA_ROOT) / "samples"))
        try:
            with percent_bar(_("Making the sample lecture")) as tell:
                lecture = make_sample(
                    folder, seconds=seconds, node_modules=settings.NODE_MODULES, on_progress=tell
                )
        except FontsMissing as missing:
            raise CommandError(_("The fonts are not installed. Run bin/setup.")) from missing
        except RuleBroken as refusal:
            raise CommandError(f"{sentence(refusal)} ({refusal.code})") from refusal
        self.stdout.write(str(lecture))
        if options["prepare"]:
            call_command(
                "prepare_broadcast",
                str(lecture),
                title=TITLE,
                title_en=TITLE_EN,
                segment_seconds=options["segment_seconds"],
                stdout=self.stdout,
            )
