"""A small county with a few children in difficulty, and who works for them. All are invented.

What happened lies weeks and days before now, because the pages say what is late and what is silent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import uuid4

from django.contrib.auth.models import User

from mingtian.aid import actions as aid
from mingtian.aid.models import Fund, Grant, Listing, Scheme
from mingtian.aid.rules import Level, Receiver, SchemeKind, term_of
from mingtian.care import access
from mingtian.care import actions as care
from mingtian.care.models import Case, Plan
from mingtian.care.tests.conftest import POINTS, draft
from mingtian.children.access import get_child_for
from mingtian.children.rules import Basis, Category, ConsentPurpose
from mingtian.children.spec import CategorySpec
from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.ids import public_id
from mingtian.gifts import actions as gifts
from mingtian.gifts.models import Round
from mingtian.gifts.rules import DonorKind, Measure, Quantity, Tag, Thing
from mingtian.org.models import Unit
from mingtian.org.rules import Role
from mingtian.pairs import actions as pairs
from mingtian.pairs.models import Pair
from mingtian.pairs.rules import Happened, Kind, Way
from mingtian.testing.cast import make_staff
from mingtian.testing.children import make_child
from mingtian.testing.make import OPENED_ON, Tree, make_tree
from mingtian.vault import actions as vault
from mingtian.vault.access import enter, keep
from mingtian.vault.rules import Purpose

BY = Actor(username="system:tour")
AGREED = tuple(ConsentPurpose)
REASON = "家长报告孩子夜里没有回家"
ASKED = "接班前要了解孩子的监护情况和方案"

_PEOPLE = {
    "worker": ("wanganhe", "王安和", "village", Role.CASE_WORKER),
    "colleague": ("zhouyinuo", "周一诺", "town", Role.CASE_WORKER),
    "town": ("lianghe", "梁禾", "town", Role.OFFICE),
    "office": ("hechuan", "何川", "county", Role.OFFICE),
    "director": ("songzhixia", "宋知夏", "county", Role.DIRECTOR),
    "auditor": ("xuming", "许明", "city", Role.AUDITOR),
    "counsellor": ("tangkexin", "唐可欣", "school", Role.COUNSELLOR),
    "helper": ("fengwangshu", "冯望舒", "town", Role.HELPER),
    "second": ("yumingchuan", "于明川", "town", Role.HELPER),
    "clerk": ("shenxiaoman", "沈小满", "school", Role.AID_CLERK),
    "cashier": ("jiangchen", "江晨", "county", Role.CASHIER),
}
_CHILDREN = (
    ("何思远", Category.LEFT_BEHIND, Basis.BOTH_AWAY),
    ("林小满", Category.ORPHAN, Basis.PARENTS_DEAD),
    ("许可欣", Category.SINGLE_PARENT, Basis.PARENT_DEAD),
    ("唐知夏", Category.LEFT_BEHIND, Basis.BOTH_AWAY),
    ("宋明川", Category.LEFT_BEHIND, Basis.BOTH_AWAY),
)


@dataclass
class Yard:
    """The county at ``now``, on the air at ``origin``; numbers of what its pages show."""

    now: datetime
    tree: Tree
    origin: str = ""
    people: dict[str, User] = field(default_factory=dict)
    children: list[int] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    things: dict[str, str] = field(default_factory=dict)

    def before(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    def unit(self, word: str) -> Unit:
        found = getattr(self.tree, word)
        assert isinstance(found, Unit)
        return found

    @property
    def year(self) -> int:
        """The year of care, which begins in March."""
        return term_of(day_of(self.now)).year


def make_yard(now: datetime) -> Yard:
    yard = Yard(now=now, tree=make_tree())
    for word, (username, called, unit, role) in _PEOPLE.items():
        user = make_staff(username, yard.unit(unit), role, since=OPENED_ON)
        user.first_name = called
        user.save(update_fields=["first_name"])
        yard.people[word] = user
    for name, category, basis in _CHILDREN:
        spec = CategorySpec(category=category, basis=basis, starts_on=day_of(yard.before(300)))
        made = make_child(
            yard.people["worker"], yard.tree.village, yard.tree.school, name=name,
            now=yard.before(60), consents=AGREED, categories=[spec],
        )  # fmt: skip
        yard.children.append(made.id)
        yard.numbers.append(made.public_id)
    _care(yard)
    _pair(yard)
    _aid(yard)
    _gifts(yard)
    _ask(yard)
    return yard


def _care(yard: Yard) -> None:
    """A case with an approved plan, a duty and a talk; another whose plan waits."""
    first = _planned(yard, 0, yard.before(50))
    with enter(yard.people["town"], now=yard.before(49), purpose=Purpose.SUPERVISING) as door:
        place = access.get_case_for(door, first.public_id)
        care.approve_plan(door, place, Plan.objects.get(case_id=first.pk))
    with enter(yard.people["worker"], now=yard.before(48), purpose=Purpose.CASE_WORK) as door:
        day = day_of(yard.now) + timedelta(days=5)
        wanted = care.Wanted(kind="schooling", area="study", due_on=day, words="每周辅导一次")
        care.add_service(door, access.get_case_for(door, first.public_id), wanted)
        place = access.get_case_for(door, first.public_id)
        care.bring_counsellor(door, place, user_id=yard.people["counsellor"].pk)
    with enter(yard.people["counsellor"], now=yard.before(6), purpose=Purpose.COUNSELLING) as door:
        said = care.Said(
            kind="one_to_one", held_on=day_of(yard.before(6)), words="想念母亲，愿意每周通话。"
        )
        child = access.get_child_for(door, yard.numbers[0])
        yard.things["talk"] = care.note_talk(door, child, said).public_id
    yard.things["case"] = first.public_id
    yard.things["planned"] = _planned(yard, 1, yard.before(3)).public_id


def _planned(yard: Yard, child: int, at: datetime) -> Case:
    with enter(yard.people["worker"], now=at, purpose=Purpose.CASE_WORK) as door:
        case = care.open_case(door, access.get_child_for(door, yard.numbers[child]))
        told = care.Told(points=POINTS, words="与祖母同住，父母在外打工。")
        care.assess(door, access.get_case_for(door, case.public_id), told)
        place = access.get_case_for(door, case.public_id)
        care.save_plan(door, place, draft(at), version=place.version)
    return case


def _pair(yard: Yard) -> None:
    """One pair meets, another has been silent for longer than was agreed."""
    for word in ("helper", "second"):
        with enter(yard.people["town"], now=yard.before(45), purpose=Purpose.SUPERVISING) as door:
            pairs.note_vetting(
                door, yard.people[word].username, kind=Kind.FIVE_OLD,
                checked_on=day_of(yard.before(45)),
            )  # fmt: skip
    meeting, silent = (_paired(yard, child, word) for child, word in ((0, "helper"), (2, "second")))
    at = yard.before(4)
    happened = Happened(began_at=at - timedelta(hours=2), minutes=50, way=Way.HOME, made=True)
    with enter(yard.people["helper"], now=at, purpose=Purpose.HELPING) as door:
        pairs.tell_visit(door, meeting.public_id, pairs.Told(own=uuid4(), happened=happened))
    yard.things |= {"pair": meeting.public_id, "silent": silent.public_id}


def _paired(yard: Yard, child: int, word: str) -> Pair:
    with enter(yard.people["worker"], now=yard.before(44), purpose=Purpose.CASE_WORK) as door:
        spec = pairs.PairSpec(helper_id=yard.people[word].pk)
        return pairs.start_pair(door, get_child_for(door, yard.numbers[child]), spec)


def _aid(yard: Yard) -> None:
    """A list that was paid and received, one in a batch, one that waits for approval."""
    county = yard.tree.county.pk
    fund = aid.open_fund(
        aid.FundSpec(unit_id=county, name="学生资助专项资金", name_en="Student aid fund",
                     office_limit=50_000_00),
        now=yard.before(40), by=BY,
    )  # fmt: skip
    aid.deposit(fund, 20_000_00, receipt="R1", now=yard.before(40), by=BY)
    scheme = aid.add_scheme(
        aid.SchemeSpec(unit_id=county, name="寄宿生生活补助", name_en="Boarders' living subsidy",
                       kind=SchemeKind.SUPPLEMENT, since=OPENED_ON.replace(year=2019)),
        now=yard.before(40), by=BY,
    )  # fmt: skip
    aid.add_national_base(scheme, now=yard.before(40), by=BY)
    paid = _entered(yard, fund, scheme, yard.children[:2])
    _approve(yard, fund, paid)
    with enter(yard.people["cashier"], now=yard.before(15), purpose=Purpose.AID) as door:
        aid.pay(door, aid.prepare_batch(door, fund))
    with keep("look"):
        lines = list(Grant.objects.filter(listing=paid).values_list("pk", flat=True))
    with enter(yard.people["clerk"], now=yard.before(10), purpose=Purpose.AID) as door:
        aid.receive(door, lines, on=day_of(yard.before(11)), who=Receiver.GUARDIAN)
    _approve(yard, fund, _entered(yard, fund, scheme, yard.children[2:4]))
    with enter(yard.people["cashier"], now=yard.before(1), purpose=Purpose.AID) as door:
        yard.things["batch"] = aid.prepare_batch(door, fund).public_id
    _entered(yard, fund, scheme, yard.children[4:])
    yard.things |= {"fund": fund.public_id, "list": paid.public_id}


def _entered(yard: Yard, fund: Fund, scheme: Scheme, children: Sequence[int]) -> Listing:
    place = aid.Place(
        unit_id=yard.tree.school.pk, fund=fund, scheme=scheme, term=term_of(day_of(yard.now))
    )
    payee = aid.PayeeSpec(name="何来福", account="6222020200011223344", bank="农商银行")
    lines = [
        aid.LineSpec(child=child, level=Level.PRIMARY, boarding=True, payee=payee)
        for child in children
    ]
    with enter(yard.people["clerk"], now=yard.before(20), purpose=Purpose.AID) as door:
        return aid.enter_lines(door, place, lines)


def _approve(yard: Yard, fund: Fund, listing: Listing) -> None:
    roles = {fund.unit_id: frozenset({Role.OFFICE})}
    with enter(yard.people["office"], now=yard.before(18), purpose=Purpose.AID) as door:
        aid.approve(door, [listing.pk], roles)


def _gifts(yard: Yard) -> None:
    """Rice and coats in the town's stock, a round to be carried, a need as a code, a partner."""
    town, county, by = yard.people["town"], yard.tree.county.pk, _as(yard.people["town"])
    things = [("大米", "Rice", Measure.BAG), ("棉衣", "Winter coat", Measure.PIECE)]
    items = {
        made.public_id: made
        for name, name_en, measure in things
        for made in [
            gifts.add_item(
                gifts.ItemSpec(county_id=county, name=name, name_en=name_en, measure=measure),
                now=yard.before(30), actor=by,
            )
        ]
    }  # fmt: skip
    goods = [
        Quantity(item=own, quantity=number) for own, number in zip(items, (40, 25), strict=True)
    ]
    spec = gifts.GiftSpec(
        key=public_id(), unit_id=yard.tree.town.pk, county_id=county,
        donor=gifts.DonorSpec(kind=DonorKind.CHARITY, name="春晖慈善会", contact=""),
        tag=Tag.SPRING_FESTIVAL, received_on=day_of(yard.before(25)), goods=goods,
    )  # fmt: skip
    gift = gifts.record_gift(spec, items, now=yard.before(25), actor=by)
    going: Round = gifts.open_round(
        gifts.RoundSpec(unit_id=yard.tree.town.pk, county_id=county, title="冬衣慰问",
                        tag=Tag.SPRING_FESTIVAL, goes_on=day_of(yard.now)),
        now=yard.before(2), actor=by,
    )  # fmt: skip
    with enter(town, now=yard.before(2), purpose=Purpose.AID) as door:
        wanted = [replace(goods[1], quantity=1)]
        row = gifts.plan(door, going, yard.numbers[0], wanted, items)
    with enter(yard.people["worker"], now=yard.before(2), purpose=Purpose.CASE_WORK) as door:
        need = gifts.write_need(door, door.child(yard.numbers[2]), Thing.COAT)
    with enter(town, now=yard.before(1), purpose=Purpose.AID) as door:
        gifts.release_need(door, need)
    partner = gifts.PartnerSpec(
        county_id=county, name="岚山市慈善总会", licence="L-1",
        valid_until=day_of(yard.now) + timedelta(days=300),
    )  # fmt: skip
    gifts.keep_partner(partner, now=yard.before(9), actor=_as(yard.people["office"]))
    yard.things |= {
        "gift": gift.public_id, "round": going.public_id, "handover": row.public_id
    }  # fmt: skip


def _ask(yard: Yard) -> None:
    """Yesterday a colleague opened a file in an emergency; today the same asks for another."""
    who = yard.people["colleague"]
    vault.break_glass(who, yard.numbers[3], reason=REASON, now=yard.before(1))
    vault.ask_to_read(who, yard.numbers[1], reason=ASKED, days=3, now=yard.now)


def _as(user: User) -> Actor:
    return Actor(username=user.username, user_id=user.pk)
