"""A county with children in two towns, grants that were paid, and the people who read the book."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User

from mingtian.aid import actions as aid
from mingtian.aid.actions import FundSpec, LineSpec, PayeeSpec, Place, SchemeSpec
from mingtian.aid.models import Fund, Scheme
from mingtian.aid.rules import Level, SchemeKind, parse_term
from mingtian.children.actions import register_many
from mingtian.children.rules import Basis, Category, Despite
from mingtian.children.spec import CategorySpec, ChildSpec
from mingtian.core.actor import Actor
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import Tree, make_tree
from mingtian.vault.access import enter
from mingtian.vault.rules import Purpose

BY = Actor(username="system:test")
TODAY = datetime(2023, 10, 16, 2, 0, tzinfo=UTC)
OVER = datetime(2024, 3, 19, 2, 0, tzinfo=UTC)
"""A day after the year of care 2023."""

SURNAMES, GIVEN = "林周江沈何许宋唐冯于", "安和晨远诺明川欣衿舒夏满"
SINCE = date(2022, 9, 1)
LEFT_BEHIND = CategorySpec(category=Category.LEFT_BEHIND, basis=Basis.BOTH_AWAY, starts_on=SINCE)
ORPHAN = CategorySpec(category=Category.ORPHAN, basis=Basis.PARENTS_DEAD, starts_on=SINCE)


@dataclass
class County:
    """The small world with a fund, a scheme, and whoever works with them."""

    tree: Tree
    fund: Fund
    scheme: Scheme
    clerk: User
    worker: User
    office: User
    cashier: User
    town: User
    city: User
    auditor: User
    made: int = 0

    def register(self, number: int, *categories: CategorySpec, school: bool = True,
                 born: int = 2014) -> list[int]:  # fmt: skip
        """Put so many children of the village on the register."""
        specs = [
            ChildSpec(
                unit_id=self.tree.village.pk, school_id=self.tree.school.pk if school else None,
                name=_name(self.made + place), birth_year=born, categories=categories,
                despite=Despite.OTHER_CHILD,
            )
            for place in range(number)
        ]  # fmt: skip
        self.made += number
        with enter(self.worker, now=TODAY, purpose=Purpose.REGISTERING) as door:
            return [one.id for one in register_many(door, specs)]

    def pay(self, children: list[int], *, boarding: bool = True) -> None:
        """Pay each of these children a grant at No. 1 Primary School."""
        place = Place(unit_id=self.tree.school.pk, fund=self.fund, scheme=self.scheme,
                      term=parse_term("2023-2"))  # fmt: skip
        payee = PayeeSpec(name="何来福", account="6222020200011223344")
        lines = [
            LineSpec(child=child, level=Level.PRIMARY, boarding=boarding, payee=payee)
            for child in children
        ]
        with enter(self.clerk, now=TODAY, purpose=Purpose.AID) as door:
            listing = aid.enter_lines(door, place, lines)
        with enter(self.office, now=TODAY, purpose=Purpose.AID) as door:
            aid.approve(door, [listing.pk], {self.fund.unit_id: frozenset({Role.OFFICE})})
        with enter(self.cashier, now=TODAY, purpose=Purpose.AID) as door:
            aid.pay(door, aid.prepare_batch(door, self.fund))


def _name(place: int) -> str:
    first, rest = divmod(place, len(GIVEN) ** 2)
    return SURNAMES[first] + GIVEN[rest // len(GIVEN)] + GIVEN[rest % len(GIVEN)]


def make_county() -> County:
    tree = make_tree()
    fund = aid.open_fund(
        FundSpec(unit_id=tree.county.pk, name="学生资助", office_limit=1_000_000_00),
        now=TODAY, by=BY,
    )  # fmt: skip
    aid.deposit(fund, 1_000_000_00, receipt="R1", now=TODAY, by=BY)
    scheme = aid.add_scheme(
        SchemeSpec(unit_id=tree.county.pk, name="寄宿生生活补助", name_en="Boarders' living subsidy",
                   kind=SchemeKind.SUPPLEMENT, since=date(2019, 9, 1)),
        now=TODAY, by=BY,
    )  # fmt: skip
    aid.add_national_base(scheme, now=TODAY, by=BY)
    return County(
        tree=tree, fund=fund, scheme=scheme,
        clerk=make_staff("aid_clerk", tree.school, Role.AID_CLERK),
        worker=make_staff("worker", tree.village, Role.CASE_WORKER),
        office=make_staff("county_office", tree.county, Role.OFFICE),
        cashier=make_staff("cashier", tree.county, Role.CASHIER),
        town=make_staff("town_office", tree.town, Role.OFFICE),
        city=make_staff("city_office", tree.city, Role.OFFICE),
        auditor=make_staff("auditor", tree.city, Role.AUDITOR),
    )  # fmt: skip


@pytest.fixture
def county(db: None) -> County:
    return make_county()
