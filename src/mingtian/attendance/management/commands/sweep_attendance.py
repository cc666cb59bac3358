"""Fold what nobody owns any more into the totals, drop marks that have had their time; run it daily."""

from django.core.management.base import BaseCommand

from mingtian.attendance.actions.forget import drop_marks, sweep_leftovers
from mingtian.core import clock

ACTOR = "system:sweep"


class Command(BaseCommand):
    help = "Sweeps rows of erased persons and phones, should any be left; totals stay."

    def handle(self, *args: object, **options: object) -> None:
        now = clock.now()
        swept = sweep_leftovers(now=now, actor=ACTOR)
        dropped = drop_marks(now=now)
        self.stdout.write(f"{swept} leftover rows folded, {dropped} old marks dropped.")
