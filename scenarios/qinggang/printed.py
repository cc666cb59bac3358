"""What the reports printed of the year (F29 to F37), noted by the county's office beside its lines."""

from collections.abc import Iterator, Mapping

from scenarios.qinggang import register
from scenarios.qinggang.aiding import Aid
from scenarios.qinggang.people import Staff
from scenarios.qinggang.register import QINGGANG, YINGCHUN
from scenarios.qinggang.times import Times

from mingtian.aid.rules import SchemeKind
from mingtian.children.rules import Category
from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.figures import Bound
from mingtian.org.queries import unit_rows
from mingtian.yearbook.access import get_sight_to_give_out
from mingtian.yearbook.actions import note_printed
from mingtian.yearbook.rows import PrintedRow
from mingtian.yearbook.rules import ALL, Measure, OfRules, year_of

SOURCE = "2024年3月19日报道，第二部分"


def note_reports(units: Mapping[str, int], staff: Staff, aid: Aid, times: Times) -> int:
    """Note what was printed; return how many figures. They are those of scale 1."""
    county, office, now = units[QINGGANG], staff["qinggang"], times.now
    _term, paid_at = times.aid[-1]
    public_id = unit_rows([county], day_of(now))[county].public_id
    sight = get_sight_to_give_out(office, public_id, now)
    by = Actor(username=office.username, user_id=office.pk)
    rows = list(_rows(units[YINGCHUN], aid))
    for row in rows:
        note_printed(sight, year_of(day_of(paid_at)), row, now=now, by=by)
    return len(rows)


def _rows(town: int, aid: Aid) -> Iterator[PrintedRow]:
    yield _row(Measure.AIDED, ALL, register.MORE_THAN_PUPILS, bound=Bound.MORE_THAN)
    yield _row(Measure.PAID, ALL, register.MORE_THAN_YUAN * 100, bound=Bound.MORE_THAN)
    for category, number in (
        (Category.LEFT_BEHIND, register.LEFT_BEHIND),
        (Category.SINGLE_PARENT, register.SINGLE_PARENT),
        (Category.ORPHAN, register.ORPHANS),
    ):
        yield _row(Measure.PAIRED, category.value, number, place=town)
    for scheme, number, yuan in (
        (aid.boarding, register.BOARDERS, register.BOARDERS_YUAN),
        (aid.meals, register.MEALS, register.MEALS_YUAN),
    ):
        yield _row(Measure.GRANTS, scheme.public_id, number, place=town)
        yield _row(Measure.PAID, scheme.public_id, yuan * 100, place=town)
    for kind, number in (
        (SchemeKind.ASSISTANCE, register.ASSISTANCES),
        (SchemeKind.EXEMPTION, register.EXEMPTIONS),
        (SchemeKind.SUPPLEMENT, register.SUPPLEMENTS),
    ):
        yield _row(OfRules.SCHEMES, kind.value, number)
    yield _row(OfRules.AREAS, ALL, register.AREAS)


def _row(
    measure: Measure | OfRules, word: str, value: int, *, bound: Bound = Bound.EXACT,
    place: int | None = None,
) -> PrintedRow:  # fmt: skip
    return PrintedRow(
        place=place, measure=measure, word=word, bound=bound, value=value, source=SOURCE
    )
