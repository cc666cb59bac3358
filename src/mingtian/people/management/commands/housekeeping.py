"""Delete what was kept for a while and is no longer wanted; run it daily."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from mingtian.core import clock
from mingtian.people.actions import drop_expired_batches


class Command(BaseCommand):
    help = "Deletes roster uploads whose hour is over, and sessions that have ended."

    def handle(self, *args: object, **options: object) -> None:
        dropped = drop_expired_batches(now=clock.now())
        call_command("clearsessions")
        self.stdout.write(f"{dropped} expired uploads deleted.")
