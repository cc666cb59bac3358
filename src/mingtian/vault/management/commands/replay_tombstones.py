"""``manage.py replay_tombstones``: erase again what was erased before a restore."""

from django.core.management.base import BaseCommand

from mingtian.core.clock import now
from mingtian.vault.actions import replay


class Command(BaseCommand):
    help = "Erases again every child that either list of tombstones names. Run after each restore."

    def handle(self, *args: object, **options: object) -> None:
        number = replay(now=now(), actor="system:vault")
        self.stdout.write(f"{number} children erased again.")
