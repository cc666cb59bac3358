"""Funds, schemes and rates: set up, filled, dated."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from mingtian.aid.models import Fund, Limit, RateRow, Scheme
from mingtian.aid.queries.limits import limits_on
from mingtian.aid.rules import NATIONAL_BASE, Rate, SchemeKind, check_limit, check_rate
from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import public_id
from mingtian.ledger.actions import open_account, post
from mingtian.ledger.rules import AccountSpec, EntrySpec, Kind, move

LARGEST_DEPOSIT = 10**11
"""A billion yuan: whoever types more has typed too many digits."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FundSpec:
    """A fund to be opened at a county or town. The limit is in fen."""

    unit_id: int
    name: str
    name_en: str = ""
    office_limit: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SchemeSpec:
    """A scheme of a county's or town's."""

    unit_id: int
    name: str
    name_en: str = ""
    kind: SchemeKind
    published: bool = True
    since: date


def open_fund(spec: FundSpec, *, now: datetime, by: Actor) -> Fund:
    """Open a fund with its accounts in the unit's book. The same name twice at a unit is refused."""
    if not spec.name.strip() or spec.office_limit < 0:
        raise RuleBroken("aid_fund_impossible")
    own = public_id()
    with transaction.atomic():
        accounts = {
            kind: open_account(
                AccountSpec(book_unit_id=spec.unit_id, owner_id=spec.unit_id, kind=kind,
                            purpose=f"aid:{own}"),
                now=now, actor=by,
            ).public_id
            for kind in (Kind.SOURCE, Kind.FUND, Kind.RESERVED, Kind.PAID)
        }  # fmt: skip
        try:
            with transaction.atomic():
                fund = Fund.objects.create(
                    public_id=own, unit_id=spec.unit_id, name=spec.name.strip(),
                    name_en=spec.name_en.strip(), office_limit=spec.office_limit,
                    source=accounts[Kind.SOURCE], money=accounts[Kind.FUND],
                    reserved=accounts[Kind.RESERVED], paid=accounts[Kind.PAID], opened_at=now,
                )  # fmt: skip
        except IntegrityError as clash:
            raise RuleBroken("aid_name_taken") from clash
        audit.record(
            actor=by.username, action="aid.fund_opened", subject=f"fund:{own}", now=now,
            unit=spec.unit_id, limit=spec.office_limit,
        )  # fmt: skip
    return fund


def set_limit(fund: Fund, amount: int, *, valid_from: date, now: datetime, by: Actor) -> Limit:
    """Let the office of a fund decide lists up to another amount, in fen, from a day to come on.

    Nothing that was decided changes. Raises RuleBroken for a day that has begun.
    """
    today = day_of(now)
    assert by.user_id is not None, "a limit is set by a person"
    check_limit(amount, valid_from, today)
    with transaction.atomic():
        limit = Limit.objects.create(
            fund=fund, amount=amount, valid_from=valid_from, set_by_id=by.user_id, set_at=now
        )
        audit.record(
            actor=by.username, action="aid.limit_set", subject=f"fund:{fund.public_id}", now=now,
            fen=amount, until_now=limits_on([fund], today)[fund.pk], since=valid_from.isoformat(),
        )  # fmt: skip
    return limit


def deposit(fund: Fund, amount: int, *, receipt: str, now: datetime, by: Actor) -> bool:
    """Enter money that has come into a fund; says False when the receipt was entered before.

    Raises RuleBroken for a receipt that stands there with another amount.
    """
    if not 0 < amount <= LARGEST_DEPOSIT:
        raise RuleBroken("aid_amount_impossible")
    if not (receipt.isascii() and receipt.isalnum() and 1 <= len(receipt) <= 40):
        raise RuleBroken("aid_receipt_impossible")
    entry = EntrySpec(
        kind="aid_deposit", source=f"aid.deposit:{fund.public_id}.{receipt}",
        lines=move(amount, out_of=fund.source, into=fund.money),
    )  # fmt: skip
    with transaction.atomic():
        try:
            if not post(entry, now=now, actor=by).fresh:
                return False
        except RuleBroken as refusal:
            if refusal.code != "ledger_posted_otherwise":
                raise
            raise RuleBroken("aid_receipt_taken", receipt=receipt) from refusal
        audit.record(
            actor=by.username, action="aid.money_came", subject=f"fund:{fund.public_id}", now=now,
            fen=amount, receipt=receipt,
        )  # fmt: skip
    return True


def add_scheme(spec: SchemeSpec, *, now: datetime, by: Actor) -> Scheme:
    """Add a scheme. The same name twice at a unit is refused."""
    if not spec.name.strip():
        raise RuleBroken("aid_scheme_impossible")
    with transaction.atomic():
        try:
            with transaction.atomic():
                scheme = Scheme.objects.create(
                    unit_id=spec.unit_id, name=spec.name.strip(), name_en=spec.name_en.strip(),
                    kind=spec.kind.value, published=spec.published, since=spec.since,
                )  # fmt: skip
        except IntegrityError as clash:
            raise RuleBroken("aid_name_taken") from clash
        audit.record(
            actor=by.username, action="aid.scheme_added", subject=f"scheme:{scheme.public_id}",
            now=now, unit=spec.unit_id, kind=spec.kind.value,
        )  # fmt: skip
    return scheme


def add_rate(scheme: Scheme, rate: Rate, *, now: datetime, by: Actor) -> RateRow:
    """Add a rate; one of the same kind that is open ends on the day on which this one begins.

    Raises RuleBroken where two would hold on the same day.
    """
    check_rate(rate)
    with transaction.atomic():
        RateRow.objects.filter(
            scheme=scheme, level=rate.level.value, boarding=rate.boarding, valid_to=None,
            valid_from__lt=rate.valid_from,
        ).update(valid_to=rate.valid_from)  # fmt: skip
        try:
            with transaction.atomic():
                row = RateRow.objects.create(
                    scheme=scheme, level=rate.level.value, boarding=rate.boarding,
                    per=rate.per.value, amount=rate.amount, valid_from=rate.valid_from,
                    valid_to=rate.valid_to,
                )  # fmt: skip
        except IntegrityError as clash:
            raise RuleBroken("aid_rate_overlaps") from clash
        audit.record(
            actor=by.username, action="aid.rate_added", subject=f"scheme:{scheme.public_id}",
            now=now, level=rate.level.value, fen=rate.amount, since=rate.valid_from.isoformat(),
        )  # fmt: skip
    return row


def add_national_base(scheme: Scheme, *, now: datetime, by: Actor) -> None:
    """Give a scheme the living subsidy's national base, both before and since spring 2024."""
    with transaction.atomic():
        for rate in NATIONAL_BASE:
            add_rate(scheme, rate, now=now, by=by)
