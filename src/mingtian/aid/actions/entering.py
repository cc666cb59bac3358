"""Lines are entered as a list, of one person's hand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from mingtian.aid.models import Fund, Grant, Listing, Payee, RateRow, Scheme
from mingtian.aid.queries.rates import rates_of
from mingtian.aid.rules import (
    MOST_LINES,
    Level,
    Rate,
    State,
    Term,
    check_amount,
    check_days,
    check_term_open,
    pick_rate,
)
from mingtian.children.queries import consent_standings
from mingtian.children.rules import ConsentPurpose, Standing
from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import public_id
from mingtian.vault.access import Door
from mingtian.vault.rules import FieldClass

if TYPE_CHECKING:
    from mingtian.vault.seals import ChildSeal

PORTION = 2_000
"""So many rows go into one statement."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """What a list is for."""

    unit_id: int
    fund: Fund
    scheme: Scheme
    term: Term


@dataclass(frozen=True, kw_only=True, slots=True)
class PayeeSpec:
    """Who receives the money and where."""

    name: str
    account: str
    bank: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class LineSpec:
    """A grant to be entered. ``amount`` is what the list says; None leaves it to the rate."""

    child: int
    level: Level
    boarding: bool
    payee: PayeeSpec
    days: int = 1
    amount: int | None = None


def enter_lines(door: Door, place: Place, lines: Sequence[LineSpec]) -> Listing:
    """Enter lines as one list, all or none.

    Raises RuleBroken for a term that is closed, a child that has the grant already or whose family took
    its consent back, an amount that is not the rate's. The statements grow with portions of 2,000, not with lines.
    """
    check_term_open(place.term, day_of(door.now))
    if not 0 < len(lines) <= MOST_LINES:
        raise RuleBroken("aid_list_size", most=MOST_LINES)
    children = [line.child for line in lines]
    if len(set(children)) < len(children) or granted_among(place, children):
        raise RuleBroken("aid_granted_already")
    if withdrawn_among(children, day_of(door.now)):
        raise RuleBroken("aid_consent_withdrawn")
    rates = rates_of(place.scheme.pk)
    picked = [rate_for(line, rates, place.term) for line in lines]
    seals = door.keys(children, [FieldClass.PAYMENT])
    try:
        with transaction.atomic():
            listing = Listing.objects.create(
                unit_id=place.unit_id, fund=place.fund, scheme=place.scheme,
                term=place.term.code, entered_by_id=door.user_id, entered_at=door.now,
            )  # fmt: skip
            payees = Payee.objects.bulk_create(
                [_payee(line, seals[line.child], door) for line in lines], batch_size=PORTION
            )
            Grant.objects.bulk_create(
                [
                    _grant(listing, line, rate, payee)
                    for line, rate, payee in zip(lines, picked, payees, strict=True)
                ],
                batch_size=PORTION,
            )
    except IntegrityError as clash:
        # Somebody else was quicker, or at another school, whose lines are out of sight.
        if "aid_grant_once" not in str(clash):
            raise
        raise RuleBroken("aid_granted_already") from clash
    audit.record(
        actor=door.username, action="aid.list_entered", subject=f"list:{listing.public_id}",
        now=door.now, unit=place.unit_id, term=place.term.code, lines=len(lines),
    )  # fmt: skip
    return listing


def granted_among(place: Place, children: Sequence[int]) -> dict[int, int]:
    """Return the children in sight that have a grant of the scheme and term, with its amount."""
    found = Grant.objects.filter(
        child_id__in=children, scheme=place.scheme, term=place.term.code
    ).exclude(state=State.RETURNED)
    return dict(found.values_list("child_id", "amount"))


def withdrawn_among(children: Collection[int], day: date) -> set[int]:
    """Return the children for whom a consent to aid was given and withdrawn.

    The family's signed application is the ground of a grant; whoever withdraws it gets no further one.
    """
    if not children:
        return set()
    stands = consent_standings(children, ConsentPurpose.AID, day)
    return {child for child, one in stands.items() if one is Standing.WITHDRAWN}


def rate_for(line: LineSpec, rates: Sequence[Rate], term: Term) -> Rate:
    """Return the rate of a line; raises RuleBroken when days or amount do not fit it."""
    rate = pick_rate(rates, line.level, boarding=line.boarding, term=term)
    check_days(rate, line.days)
    if line.amount is not None:
        check_amount(rate, line.days, line.amount)
    return rate


def _payee(line: LineSpec, seal: "ChildSeal", door: Door) -> Payee:
    own = public_id()

    def sealed(text: str, column: str) -> bytes:
        return seal.seal(FieldClass.PAYMENT, text, "aid_payee", column, own)

    return Payee(
        public_id=own, child_id=line.child, name=sealed(line.payee.name, "name"),
        account=sealed(line.payee.account, "account"), bank=sealed(line.payee.bank, "bank"),
        entered_by_id=door.user_id, entered_at=door.now,
    )  # fmt: skip


def _grant(listing: Listing, line: LineSpec, rate: Rate, payee: Payee) -> Grant:
    return Grant(
        listing=listing, child_id=line.child, unit_id=listing.unit_id, fund_id=listing.fund_id,
        scheme_id=listing.scheme_id, term=listing.term, rate=RateRow(pk=rate.id),
        level=line.level.value, boarding=line.boarding, per=rate.per.value,
        rate_amount=rate.amount, days=line.days, amount=rate.due(line.days), payee=payee,
        entered_by_id=listing.entered_by_id, entered_at=listing.entered_at,
    )  # fmt: skip
