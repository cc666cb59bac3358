"""``manage.py rewrap_keys``: put every child's key under the newest key for care."""

from django.core.management.base import BaseCommand

from mingtian.vault import keystore


class Command(BaseCommand):
    help = "Wraps every child's key under the newest of MINGTIAN_CARE_KEYS. Nothing sealed changes."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{keystore.rewrap()} keys wrapped again.")
