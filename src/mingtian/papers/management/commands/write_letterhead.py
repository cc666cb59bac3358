"""Write a plain letterhead as a Word file, as a pattern for an own one."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mingtian.papers.paper import Shape
from mingtian.papers.word import own_letterhead, plain_letterhead


class Command(BaseCommand):
    help = "Writes the plain letterhead. Change it in Word, keep its placeholders, lay it back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--letter", action="store_true", help="the one of letters")
        parser.add_argument("--out", type=Path, help="where to; else where papers look for it")

    def handle(self, *args: object, **options: Any) -> None:
        shape = Shape.LETTER if options["letter"] else Shape.DOCUMENT
        target: Path = options["out"] or own_letterhead(shape)
        if target.exists():
            raise CommandError(f"{target} is there already. Move it away first.")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(plain_letterhead(shape))
        self.stdout.write(str(target))
