"""``manage.py end_children_terms``: erase children whose files were closed long enough ago."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from mingtian.children.actions import end_terms
from mingtian.children.queries import list_over
from mingtian.core.clock import now


class Command(BaseCommand):
    help = "Erases children three years after their files were closed, in all backups too."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *args: object, **options: object) -> None:
        if options["dry_run"]:
            self.stdout.write(f"{len(list_over(now()))} children would be erased.")
            return
        ended = end_terms(now=now(), actor="system:children")
        self.stdout.write(f"{ended.erased} children erased, {len(ended.needed)} still needed.")
