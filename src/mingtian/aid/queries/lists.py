"""Lists, lines, funds and batches as pages show them. Inside the door unless said."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mingtian.aid.models import Fund, Grant, Listing, Scheme
from mingtian.aid.queries.rates import rates_of
from mingtian.aid.rules import Level, ListState, Per, Rate, State, parse_term
from mingtian.aid.statements import rows
from mingtian.aid.totals import MOST_COUNT, Check, check_total
from mingtian.core.money import yuan
from mingtian.ledger.queries import balances
from mingtian.org.queries import shown_name, unit_rows

MOST_LISTED = 200
MOST_HELD = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class ListingRow:
    """A list with what its lines sum up to."""

    id: int
    public_id: str
    unit: str
    fund_id: int
    scheme: str
    term: str
    state: ListState
    entered_by: int
    entered_at: datetime
    decided_at: datetime | None
    lines: int
    total: int
    paid: int
    received: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SumRow:
    """The lines of one rate and state."""

    level: Level
    boarding: bool
    per: Per
    rate: int
    state: State
    lines: int
    total: int


@dataclass(frozen=True, kw_only=True, slots=True)
class FundRow:
    """A fund with what the books say is in it, set aside and paid out."""

    fund: Fund
    name: str
    unit: str
    left: int
    reserved: int
    paid: int


@dataclass(frozen=True, kw_only=True, slots=True)
class BatchRow:
    """A batch with what its lines sum up to."""

    public_id: str
    made_at: datetime
    paid_at: datetime | None
    dissolved_at: datetime | None
    lines: int
    total: int

    @property
    def shown(self) -> str:
        """The total as people read it."""
        return yuan(self.total)


def list_lists(
    day: date, *, states: Sequence[ListState], fund_units: Collection[int] | None = None
) -> list[ListingRow]:
    """Return the lists in sight, newest first, 200 at most. Three statements."""
    found = rows(
        "lists",
        {
            "states": [state.value for state in states], "most": MOST_LISTED,
            "fund_units": None if fund_units is None else list(fund_units),
        },
    )  # fmt: skip
    units = unit_rows({row[2] for row in found}, day)
    schemes = {
        one.pk: scheme_name(one) for one in Scheme.objects.filter(pk__in={r[4] for r in found})
    }
    return [
        ListingRow(
            id=key, public_id=public, unit=units[unit].title if unit in units else "–",
            fund_id=fund, scheme=schemes[scheme], term=term, state=ListState(state), entered_by=by,
            entered_at=at, decided_at=decided, lines=lines, total=total, paid=paid,
            received=received,
        )
        for (key, public, unit, fund, scheme, term, state, by, at, decided, lines, total, paid,
             received) in found
    ]  # fmt: skip


def sums_by_rate(*, listing: int | None = None, batch: int | None = None) -> list[SumRow]:
    """Return what the lines of a list or batch sum up to, by rate and state. One statement."""
    return [
        SumRow(
            level=Level(level), boarding=boarding, per=Per(per), rate=rate, state=State(state),
            lines=lines, total=total,
        )
        for level, boarding, per, rate, state, lines, total in rows(
            "sums", {"listing": listing, "batch": batch}
        )
    ]  # fmt: skip


def check_of(scheme: Scheme, term: str, sums: Sequence[SumRow]) -> Check | None:
    """Return what the rate check says of a list's count and total; None for one without lines."""
    count, total = sum(row.lines for row in sums), sum(row.total for row in sums)
    if not 0 < count <= MOST_COUNT:
        return None
    return check_total(count, total, rates_in_term(scheme.pk, term))


def rates_in_term(scheme_id: int, term: str) -> list[Rate]:
    """Return the rates of a scheme that hold in a term. No door needed."""
    return rates_of(scheme_id, parse_term(term).first)


def list_lines(listing: Listing, within: range) -> list[Grant]:
    """Return those lines of a list that a page shows. One statement."""
    # Without the child's row: of whoever has moved away it is out of sight, and the line with it.
    return list(Grant.objects.filter(listing=listing).order_by("pk")[within.start : within.stop])


def list_funds(funds: Sequence[Fund], day: date) -> list[FundRow]:
    """Return funds with what the books hold. Outside the door; two statements."""
    kept = balances([each for fund in funds for each in (fund.money, fund.reserved, fund.paid)])
    units = unit_rows([fund.unit_id for fund in funds], day)
    return [
        FundRow(
            fund=fund, name=fund_name(fund),
            unit=units[fund.unit_id].title if fund.unit_id in units else "–",
            left=kept[fund.money], reserved=kept[fund.reserved], paid=kept[fund.paid],
        )
        for fund in funds
    ]  # fmt: skip


def list_batches(fund: Fund, most: int = 50) -> list[BatchRow]:
    """Return the batches of a fund, newest first. One statement."""
    return [
        BatchRow(
            public_id=public, made_at=made, paid_at=paid, dissolved_at=dissolved, lines=lines,
            total=total,
        )
        for public, made, paid, dissolved, lines, total in rows(
            "batches", {"fund": fund.pk, "most": most}
        )
    ]  # fmt: skip


def list_held(fund: Fund) -> list[Grant]:
    """Return the grants of a fund that are on hold, the oldest first, 100 at most. One statement."""
    return list(
        Grant.objects.filter(fund=fund, state=State.HELD).order_by("held_at", "pk")[:MOST_HELD]
    )


def count_waiting(fund: Fund) -> int:
    """Return how many lines of a fund are approved and in no batch."""
    return Grant.objects.filter(fund=fund, state=State.APPROVED).count()


def fund_name(fund: Fund) -> str:
    """Return a fund's name in the reader's language."""
    return shown_name(fund.name, fund.name_en)


def scheme_name(scheme: Scheme) -> str:
    """Return a scheme's name in the reader's language."""
    return shown_name(scheme.name, scheme.name_en)
