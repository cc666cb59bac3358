"""The county's aid: funds, schemes, and grants from the list to the payment (F29, F30, F32 to F36)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from random import Random

from scenarios.qinggang import register
from scenarios.qinggang.children import Names, register_aided
from scenarios.qinggang.people import Staff
from scenarios.qinggang.register import ELSEWHERE, QINGGANG, YINGCHUN, Part, scaled
from scenarios.qinggang.times import Times
from scenarios.qinggang.tree import towns_of

from mingtian.aid import actions
from mingtian.aid.actions import FundSpec, LineSpec, PayeeSpec, Place, SchemeSpec
from mingtian.aid.models import Fund, Grant, Listing, Scheme
from mingtian.aid.rules import NATIONAL_BASE, Level, Per, Rate, Receiver, SchemeKind, Term
from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.money import FEN
from mingtian.org.rules import Role
from mingtian.vault.access import Door, enter
from mingtian.vault.rules import Purpose

BOARDING, MEALS = "寄宿生生活补助", "营养餐补助"
SCHEMES: Sequence[tuple[str, str, SchemeKind]] = (
    ("学前资助", "Nursery assistance", SchemeKind.ASSISTANCE),
    ("小学资助", "Primary assistance", SchemeKind.ASSISTANCE),
    ("初中资助", "Junior assistance", SchemeKind.ASSISTANCE),
    ("高中资助", "Senior assistance", SchemeKind.ASSISTANCE),
    ("助学金", "Study grant", SchemeKind.ASSISTANCE),
    ("免学杂费", "No tuition and fees", SchemeKind.EXEMPTION),
    ("免教科书费", "No fee for textbooks", SchemeKind.EXEMPTION),
    (BOARDING, "Boarders' living subsidy", SchemeKind.SUPPLEMENT),
    (MEALS, "Meal subsidy", SchemeKind.SUPPORT),
)
"""Five assistances, two exemptions, one supplement (F36), and meals beside them. Names are invented."""

MEAL_A_DAY = 5 * FEN
SINCE = date(2019, 9, 1)
ENOUGH = 6_000_000 * FEN


@dataclass(frozen=True, kw_only=True, slots=True)
class Aid:
    """The county's fund and its two schemes that pay."""

    fund: Fund
    boarding: Scheme
    meals: Scheme


def open_aid(units: Mapping[str, int], staff: Staff, times: Times) -> Aid:
    """Open the fund, the schemes and the rates that held in 2023; a demo plays with the same rates."""
    now, county = times.aid[0][1], units[QINGGANG]
    by = Actor(username=staff["qinggang"].username, user_id=staff["qinggang"].pk)
    fund = actions.open_fund(
        FundSpec(unit_id=county, name="学生资助资金", name_en="Student aid", office_limit=ENOUGH),
        now=now, by=by,
    )  # fmt: skip
    actions.deposit(fund, ENOUGH, receipt="CZ20230301", now=now, by=by)
    made = {
        name: actions.add_scheme(
            SchemeSpec(unit_id=county, name=name, name_en=name_en, kind=kind, since=SINCE),
            now=now, by=by,
        )
        for name, name_en, kind in SCHEMES
    }  # fmt: skip
    for rate in _rates():
        actions.add_rate(made[BOARDING], rate, now=now, by=by)
    daily = Rate(level=Level.ANY, boarding=None, per=Per.DAY, amount=MEAL_A_DAY, valid_from=SINCE)
    actions.add_rate(made[MEALS], daily, now=now, by=by)
    return Aid(fund=fund, boarding=made[BOARDING], meals=made[MEALS])


def _rates() -> Iterator[Rate]:
    """Yield the national base until spring 2024, without an end."""
    for rate in NATIONAL_BASE:
        if rate.valid_from == SINCE:
            yield Rate(level=rate.level, boarding=rate.boarding, per=rate.per, amount=rate.amount,
                       valid_from=SINCE)  # fmt: skip


@dataclass
class Paying:
    """Enters, approves and pays lists: three hands."""

    units: Mapping[str, int]
    staff: Staff
    aid: Aid
    names: Names
    scale: Fraction
    rng: Random

    def pay_yingchun(self, school_id: int, term: Term, now: datetime) -> None:
        """Aid Yingchun's boarders and pay its meals; the clerk notes that the money came."""
        unit = self.units[YINGCHUN]
        parts = register.YINGCHUN_BOARDERS, register.YINGCHUN_MEALS
        with enter(self.staff["aid-clerk"], now=now, purpose=Purpose.AID) as door:
            boarders, meals = (self._lines_of(part, door, unit, school_id) for part in parts)
            shared = scaled(register.MEALS_OF_BOARDERS, self.scale)
            meals = [
                self._line(boarders[place].child if place < min(shared, len(boarders)) else line.child,
                           Part(number=1, days=line.days))
                for place, line in enumerate(meals)
            ]  # fmt: skip
            lists = [
                actions.enter_lines(door, self._place(school_id, scheme, term), lines)
                for scheme, lines in ((self.aid.boarding, boarders), (self.aid.meals, meals))
            ]
        self._pay(lists, now)
        with enter(self.staff["aid-clerk"], now=now, purpose=Purpose.AID) as door:
            grants = Grant.objects.filter(listing__in=lists).values_list("pk", flat=True)
            actions.receive(door, list(grants), on=day_of(now), who=Receiver.GUARDIAN)

    def pay_elsewhere(self, terms: Sequence[tuple[Term, datetime]]) -> None:
        """Aid children in the other towns, in equal parts in each term, each child once."""
        towns = [unit for code, unit in towns_of(self.units).items() if code != YINGCHUN]
        for number, (term, now) in enumerate(terms):
            lists = []
            for place, town in enumerate(towns):
                portion = len(terms) * len(towns), number * len(towns) + place
                parts = [self._share(part, *portion) for part in ELSEWHERE]
                with enter(self.staff["aid-clerk"], now=now, purpose=Purpose.AID) as door:
                    lines = self._lines(parts, door, town, None)
                    if lines:
                        where = self._place(town, self.aid.boarding, term)
                        lists.append(actions.enter_lines(door, where, lines))
            self._pay(lists, now)

    def _share(self, part: Part, of: int, place: int) -> Part:
        """Return the part of one of so many lists; all of them sum up to the whole."""
        whole = scaled(part.number, self.scale)
        own = whole // of + (place < whole % of)
        return Part(number=own, junior=part.junior, boarding=part.boarding)

    def _lines_of(
        self, parts: Sequence[Part], door: Door, unit: int, school: int | None
    ) -> list[LineSpec]:
        own = [
            Part(number=scaled(part.number, self.scale), junior=part.junior,
                 boarding=part.boarding, days=part.days)
            for part in parts
        ]  # fmt: skip
        return self._lines(own, door, unit, school)

    def _lines(
        self, parts: Sequence[Part], door: Door, unit: int, school: int | None
    ) -> list[LineSpec]:
        wanted = sum(part.number for part in parts)
        children = iter(register_aided(door, self.names, wanted, unit_id=unit, school_id=school))
        return [self._line(next(children), part) for part in parts for _ in range(part.number)]

    def _line(self, child: int, part: Part) -> LineSpec:
        account = f"621{self.rng.randrange(10**16):016}"
        return LineSpec(
            child=child, level=Level.JUNIOR if part.junior else Level.PRIMARY,
            boarding=part.boarding, days=part.days,
            payee=PayeeSpec(name="监护人", account=account, bank="农商银行"),
        )  # fmt: skip

    def _place(self, unit: int, scheme: Scheme, term: Term) -> Place:
        return Place(unit_id=unit, fund=self.aid.fund, scheme=scheme, term=term)

    def _pay(self, lists: Sequence[Listing], now: datetime) -> None:
        if not lists:
            return
        roles = {self.aid.fund.unit_id: frozenset({Role.OFFICE})}
        with enter(self.staff["qinggang"], now=now, purpose=Purpose.AID) as door:
            actions.approve(door, [one.pk for one in lists], roles)
        with enter(self.staff["cashier"], now=now, purpose=Purpose.AID) as door:
            actions.pay(door, actions.prepare_batch(door, self.aid.fund))


def pay_all(paying: Paying, school_id: int, times: Times) -> None:
    """Play every payment of the year; Yingchun's come in the last term."""
    term, now = times.aid[-1]
    paying.pay_yingchun(school_id, term, now)
    paying.pay_elsewhere(times.aid)
