"""Drafts the digests of an evening for all schools, to be read and released by people."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mingtian.comments.actions.digests import draft_digests
from mingtian.core import clock


class Command(BaseCommand):
    """Prints how many were drafted. Those that are released stay as they are."""

    help = "Draft the comment digests of one lecture for every school."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("lecture", type=int, help="the number in the address of the hall")

    def handle(self, *args: Any, **options: Any) -> None:
        drafted = draft_digests(
            lecture_id=options["lecture"], actor="system:digests", now=clock.now()
        )
        self.stdout.write(str(drafted))
