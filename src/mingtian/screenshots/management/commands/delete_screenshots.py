"""Delete screenshots whose time is over; run it daily, beside housekeeping."""

from django.core.management.base import BaseCommand

from mingtian.core import clock
from mingtian.screenshots.actions import delete_expired


class Command(BaseCommand):
    help = "Deletes screenshots that were kept for 48 hours after the closing of their lecture."

    def handle(self, *args: object, **options: object) -> None:
        deleted = delete_expired(now=clock.now())
        self.stdout.write(f"{deleted} screenshots deleted.")
