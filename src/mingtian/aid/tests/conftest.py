"""A county with a fund, the boarders' scheme at national rates, and the people of three hands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User

from mingtian.aid import actions
from mingtian.aid.actions import FundSpec, LineSpec, PayeeSpec, Place, SchemeSpec
from mingtian.aid.models import Batch, Fund, Grant, Listing, Scheme
from mingtian.aid.rules import APPROVERS, Level, SchemeKind, Term, parse_term
from mingtian.core.actor import Actor
from mingtian.ledger.queries import balance
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import Tree, make_tree
from mingtian.vault.access import enter, keep
from mingtian.vault.actions import Admission, admit_many
from mingtian.vault.rules import FieldClass, Purpose

BY = Actor(username="system:test")
TODAY = datetime(2023, 10, 16, 2, 0, tzinfo=UTC)
TERM = parse_term("2023-2")
ACCOUNT = "6222020200011223344"
PAYEE = "何来福"


@dataclass
class Office:
    """The people, the fund and the scheme of the tests; ``children`` learn at No. 1 Primary School."""

    tree: Tree
    clerk: User
    office: User
    director: User
    cashier: User
    fund: Fund
    scheme: Scheme
    children: list[int] = field(default_factory=list)

    def place(self, term: Term = TERM) -> Place:
        return Place(unit_id=self.tree.school.pk, fund=self.fund, scheme=self.scheme, term=term)

    def admit(self, number: int) -> list[int]:
        """Let so many more children come under protection."""
        spec = Admission(unit_id=self.tree.village.pk, school_id=self.tree.school.pk)
        with enter(self.clerk, now=TODAY, purpose=Purpose.AID) as door:
            made = admit_many(door, [spec] * number, classes=[FieldClass.PAYMENT])
        self.children += [one.id for one in made]
        return [one.id for one in made]

    def line(self, child: int, *, level: Level = Level.PRIMARY, boarding: bool = True) -> LineSpec:
        return LineSpec(
            child=child, level=level, boarding=boarding,
            payee=PayeeSpec(name=PAYEE, account=ACCOUNT, bank="农商银行"),
        )  # fmt: skip

    def enter(
        self, children: Sequence[int], *, by: User | None = None, now: datetime = TODAY
    ) -> Listing:
        with enter(by or self.clerk, now=now, purpose=Purpose.AID) as door:
            return actions.enter_lines(door, self.place(), [self.line(child) for child in children])

    def approve(self, *listings: Listing, by: User | None = None) -> list[Listing]:
        who = by or self.office
        held = {Role.OFFICE} if who == self.office else {Role.DIRECTOR}
        roles = {self.fund.unit_id: frozenset(held & APPROVERS)}
        with enter(who, now=TODAY, purpose=Purpose.AID) as door:
            return actions.approve(door, [row.pk for row in listings], roles)

    def batch(self, by: User | None = None) -> Batch:
        with enter(by or self.cashier, now=TODAY, purpose=Purpose.AID) as door:
            return actions.prepare_batch(door, self.fund)

    def pay(self, batch: Batch, by: User | None = None) -> bool:
        with enter(by or self.cashier, now=TODAY, purpose=Purpose.AID) as door:
            return actions.pay(door, batch)

    def paid(self, number: int = 1) -> list[Grant]:
        """Return lines that went the whole way to the payment."""
        listing = self.enter(self.admit(number))
        self.approve(listing)
        self.pay(self.batch())
        return self.lines(listing)

    def lines(self, listing: Listing) -> list[Grant]:
        with keep("look"):
            return list(Grant.objects.filter(listing=listing).order_by("pk"))

    @property
    def money(self) -> tuple[int, int, int]:
        """What is in the fund, set aside and paid out."""
        fund = self.fund
        return balance(fund.money), balance(fund.reserved), balance(fund.paid)


def make_office(*, deposit: int = 100_000_00, limit: int = 50_000_00) -> Office:
    tree = make_tree()
    fund = actions.open_fund(
        FundSpec(unit_id=tree.county.pk, name="学生资助", name_en="Student aid", office_limit=limit),
        now=TODAY, by=BY,
    )  # fmt: skip
    if deposit:
        actions.deposit(fund, deposit, receipt="R1", now=TODAY, by=BY)
    scheme = actions.add_scheme(
        SchemeSpec(unit_id=tree.county.pk, name="寄宿生生活补助", name_en="Boarders' living subsidy",
                   kind=SchemeKind.SUPPLEMENT, since=date(2019, 9, 1)),
        now=TODAY, by=BY,
    )  # fmt: skip
    actions.add_national_base(scheme, now=TODAY, by=BY)
    return Office(
        tree=tree,
        clerk=make_staff("aid_clerk", tree.school, Role.AID_CLERK),
        office=make_staff("aid_office", tree.county, Role.OFFICE),
        director=make_staff("aid_director", tree.county, Role.DIRECTOR),
        cashier=make_staff("aid_cashier", tree.county, Role.CASHIER),
        fund=fund, scheme=scheme,
    )  # fmt: skip


@pytest.fixture
def office(db: None) -> Office:
    return make_office()
