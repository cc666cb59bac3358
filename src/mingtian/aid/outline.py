"""What pages show, prepared from rows: no query is made here but of rates."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from mingtian.aid.models import Grant, Limit, RateRow, Scheme
from mingtian.aid.queries.lists import ListingRow, SumRow, scheme_name
from mingtian.aid.queries.rates import rate_of
from mingtian.aid.totals import Check, Fit, Reading
from mingtian.aid.words import (
    KINDS,
    LEVELS,
    LIST_STATES,
    PERS,
    READINGS,
    STATE_CHIPS,
    STATES,
    boarding_word,
    term_name,
)
from mingtian.core.money import yuan
from mingtian.org.queries import person_name

Word = str | Promise


@dataclass(frozen=True, kw_only=True, slots=True)
class ListLine:
    """A list in a table."""

    public_id: str
    unit: str
    scheme: str
    term: str
    state: str
    word: Word
    lines: int
    total: str
    paid: int
    received: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckRow:
    """A reading and how the total stands to it."""

    word: Word
    chip: str
    verdict: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RateLine:
    """A rate in a table."""

    level: Word
    boarding: str
    amount: str
    per: Word
    valid_from: date
    valid_to: date | None
    holds: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SchemeBlock:
    """A scheme with its rates."""

    public_id: str
    name: str
    kind: Word
    published: bool
    own: bool
    rates: list[RateLine]


@dataclass(frozen=True, kw_only=True, slots=True)
class SumLine:
    """The lines of one rate and state in a table."""

    level: Word
    boarding: str
    rate: str
    chip: str
    state: Word
    lines: int
    total: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GrantLine:
    """A grant in a table. ``child`` is empty for one that has moved out of sight, ``days`` unless daily."""

    public_id: str
    child: str
    name: str
    level: Word
    boarding: str
    days: int
    amount: str
    payee: str
    account: str
    chip: str
    word: Word
    state: str
    received_on: date | None


def grant_line(
    line: Grant, called: Mapping[int, str], names: Mapping[int, str] = MappingProxyType({}),
    payees: Mapping[int, tuple[str, str]] = MappingProxyType({}),
) -> GrantLine:  # fmt: skip
    """Return a grant with what of numbers, names and payees the reader opens."""
    payee, account = payees.get(line.pk, ("", ""))
    return GrantLine(
        public_id=line.public_id, child=called.get(line.child_id, ""),
        name=names.get(line.child_id, ""), level=LEVELS[line.level],
        boarding=boarding_word(line.boarding), days=line.days if line.per == "day" else 0,
        amount=yuan(line.amount), payee=payee, account=account, chip=STATE_CHIPS[line.state],
        word=STATES[line.state], state=line.state, received_on=line.received_on,
    )  # fmt: skip


def list_table(rows: Sequence[ListingRow]) -> list[ListLine]:
    """Return lists as a table shows them."""
    return [
        ListLine(
            public_id=row.public_id, unit=row.unit, scheme=row.scheme, term=term_name(row.term),
            state=row.state.value, word=LIST_STATES[row.state], lines=row.lines,
            total=yuan(row.total), paid=row.paid, received=row.received,
        )
        for row in rows
    ]  # fmt: skip


def sum_table(rows: Sequence[SumRow]) -> list[SumLine]:
    """Return sums by rate and state as a table shows them."""
    return [
        SumLine(
            level=LEVELS[row.level], boarding=boarding_word(row.boarding),
            rate=f"{yuan(row.rate)} {PERS[row.per]}", chip=STATE_CHIPS[row.state],
            state=STATES[row.state], lines=row.lines, total=yuan(row.total),
        )
        for row in rows
    ]  # fmt: skip


def check_rows(check: Check) -> list[CheckRow]:
    """Return what the rate check says, a row for each reading."""
    return [_check_row(check, fit) for fit in check.fits]


@dataclass(frozen=True, kw_only=True, slots=True)
class LimitLine:
    """A limit in a table, with who set it when."""

    amount: str
    valid_from: date
    holds: bool
    ahead: bool
    by: str
    at: datetime


def limit_table(limits: Sequence[Limit], today: date) -> list[LimitLine]:
    """Return limits, the newest day first, as a table shows them; of those in force the first holds."""
    held = next((one.pk for one in limits if one.valid_from <= today), None)
    return [
        LimitLine(
            amount=yuan(one.amount), valid_from=one.valid_from, holds=one.pk == held,
            ahead=one.valid_from > today, by=person_name(one.set_by), at=one.set_at,
        )
        for one in limits
    ]  # fmt: skip


def rate_rows(schemes: Sequence[Scheme], own: set[int], today: date) -> list[SchemeBlock]:
    """Return schemes with their rates. One statement."""
    rates: dict[int, list[RateLine]] = defaultdict(list)
    for row in RateRow.objects.filter(scheme__in=schemes).order_by(
        "-valid_from", "level", "-boarding"
    ):
        rate = rate_of(row)
        rates[row.scheme_id].append(
            RateLine(
                level=LEVELS[rate.level], boarding=boarding_word(rate.boarding),
                amount=yuan(rate.amount), per=PERS[rate.per], valid_from=rate.valid_from,
                valid_to=rate.valid_to, holds=rate.holds(today),
            )
        )  # fmt: skip
    return [
        SchemeBlock(
            public_id=one.public_id, name=scheme_name(one), kind=KINDS[one.kind],
            published=one.published, own=one.unit_id in own, rates=rates[one.pk],
        )
        for one in schemes
    ]  # fmt: skip


def _check_row(check: Check, fit: Fit) -> CheckRow:
    chip = {True: "good", False: "off", None: "wait"}[fit.possible]
    verdict = {True: _("can be"), False: _("cannot be"), None: _("cannot be told")}[fit.possible]
    return CheckRow(word=READINGS[fit.reading], chip=chip, verdict=verdict, text=_text(check, fit))


def _text(check: Check, fit: Fit) -> str:
    if fit.reading is Reading.ONE_YUAN_RATE:
        if fit.possible:
            return _("%(amount)s for each.") % {"amount": yuan(fit.example[0][0])}
        return _("The nearest totals would be %(least)s and %(most)s.") % {
            "least": yuan(fit.least), "most": yuan(fit.most),
        }  # fmt: skip
    if check.total < fit.least:
        return _("%(count)s lines come to at least %(least)s, that is %(short)s more.") % {
            "count": f"{check.count:,}", "least": yuan(fit.least),
            "short": yuan(fit.least - check.total),
        }  # fmt: skip
    if check.total > fit.most:
        return _("%(count)s lines come to at most %(most)s.") % {
            "count": f"{check.count:,}", "most": yuan(fit.most),
        }  # fmt: skip
    if not fit.possible:
        return _("No whole number of lines at these rates makes this total.")
    return _fits(fit)


def _fits(fit: Fit) -> str:
    if fit.reading is Reading.DAYS:
        ((each, days),) = fit.example
        return _("%(days)s days at %(each)s in all.") % {"days": f"{days:,}", "each": yuan(each)}
    way = " + ".join(f"{number:,} × {yuan(amount)}" for amount, number in fit.example)
    if fit.lower:
        return _("With at least %(lower)s lines of children who live at home; for example %(way)s.") % {
            "lower": f"{fit.lower:,}", "way": way,
        }  # fmt: skip
    return _("For example %(way)s.") % {"way": way}
