"""Figures as reports printed them."""

from mingtian.core.figures import Bound
from mingtian.yearbook.models import Printed
from mingtian.yearbook.rows import PrintedRow
from mingtian.yearbook.rules import Measure, OfRules, Year


def list_printed(unit_id: int, year: Year) -> list[PrintedRow]:
    """Return what was printed about a county's year, in the order in which it was noted. One statement."""
    found = Printed.objects.filter(unit_id=unit_id, year=year.number).order_by("pk")
    rules = {one.value for one in OfRules}
    return [
        PrintedRow(
            place=row.place_id,
            measure=OfRules(row.measure) if row.measure in rules else Measure(row.measure),
            word=row.word, bound=Bound(row.bound), value=row.value, source=row.source,
        )
        for row in found
    ]  # fmt: skip
