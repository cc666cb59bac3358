"""Render the entry and hall pages for ingest."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from mingtian.attendance.pages import render_shells


class Command(BaseCommand):
    """Run after collectstatic, because the pages name static files by their hash."""

    help = "Render the entry and hall pages, per language, into PAGES_ROOT."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=settings.PAGES_ROOT)

    def handle(self, *args: Any, **options: Any) -> None:
        for path in render_shells(options["to"]):
            self.stdout.write(f"{path}  {path.stat().st_size:,} bytes")
