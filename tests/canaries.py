"""One child about whom every module keeps something, every word of it a canary.

Made through the modules' own actions. A canary is a word that stands nowhere else, so that wherever
it is met, it came from this child.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from mingtian.aid import actions as aid
from mingtian.aid.actions import LineSpec, PayeeSpec
from mingtian.aid.models import Grant
from mingtian.aid.rules import Level
from mingtian.aid.tests import matrix as aid_matrix
from mingtian.care import access as care_access
from mingtian.care import actions as care
from mingtian.care.models import Service
from mingtian.care.rules import Area
from mingtian.care.tests.conftest import POINTS
from mingtian.children.access import get_child_for
from mingtian.children.models import Stay
from mingtian.children.rules import ConsentPurpose, GuardianKin
from mingtian.children.spec import GuardianSpec
from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.gifts import actions as gifts
from mingtian.gifts.actions import RoundSpec
from mingtian.gifts.models import HandOver, Need
from mingtian.gifts.rules import Tag
from mingtian.org.rules import Role
from mingtian.pairs import actions as pairs
from mingtian.pairs.access import get_pair_for
from mingtian.pairs.actions import PairSpec, Told
from mingtian.pairs.rules import Happened, Kind, Way
from mingtian.testing.cast import make_staff
from mingtian.testing.children import make_child
from mingtian.testing.matrix import DURING, Who, World
from mingtian.vault import actions as vault
from mingtian.vault.access import Door, enter, keep
from mingtian.vault.rules import FieldClass, Part, Purpose

W = Who
MODULES = ("vault", "children", "care", "pairs", "aid", "gifts")
"""Modules whose pages are about children."""

NAME = "欧阳鹮羽"
GUARDIAN = "欧阳鹳安"
PHONE = "13987650421"
PAYEE = "欧阳鹂福"
ACCOUNT = "6222029988776655443"
WORDS = {
    "situation": "鸀山旧屋漏雨",
    "health": "鹔鸟过敏",
    "goal": "鸂字每日一页",
    "visit": "鹲鸟画了一幅",
    "talk": "鶄梦见母亲",
    "signer": "欧阳鸰祥",
}
CANARIES = {
    "name": NAME,
    "guardian": GUARDIAN,
    "phone": PHONE,
    "payee": PAYEE,
    "account": ACCOUNT,
} | WORDS
TODAY = day_of(DURING)


@dataclass(frozen=True)
class Known:
    """The child, and the ids of what is kept about it, as they stand in addresses."""

    pk: int
    number: str
    ids: dict[str, str] = field(default_factory=dict)


def make_known(world: World, *, name: str = NAME, pay: bool = True) -> Known:
    """Make the child and everything about it."""
    child = make_child(
        world.people[W.CASE_WORKER], world.tree.village, world.tree.school, name=name, now=DURING,
        consents=list(ConsentPurpose),
        guardians=(GuardianSpec(name=GUARDIAN, kin=GuardianKin.GRANDPARENT, phone=PHONE),),
    )  # fmt: skip
    known = Known(child.id, child.public_id)
    _care(world, known)
    _talks(world, known)
    _pair(world, known)
    _gifts(world, known)
    _aid(world, known, pay=pay)
    asked = vault.ask_to_read(
        world.people[W.VILLAGE],
        known.number,
        days=3,
        now=DURING,
        reason=f"看{WORDS['situation']}的情况如何",
    )
    known.ids["asked"] = asked.public_id
    with keep("let the helper stay"):
        Stay.objects.create(
            child_id=child.id, user=world.people[W.HELPER], part=Part.HELPER, at=DURING,
            unit=world.tree.village, school=world.tree.school, by=world.people[W.VILLAGE],
        )  # fmt: skip
    return known


def _care(world: World, known: Known) -> None:
    worker, words = world.people[W.CASE_WORKER], WORDS["situation"]
    with enter(worker, now=DURING, purpose=Purpose.CASE_WORK) as door:
        case = care.open_case(door, care_access.get_child_for(door, known.number)).public_id

        def place() -> care_access.CasePlace:
            return care_access.get_case_for(door, case)

        care.watch_contact(door, place(), since=TODAY)
        care.bring_counsellor(door, place(), user_id=world.people[W.COUNSELLOR].pk)
        care.assess(door, place(), care.Told(points=POINTS, words=words, health=WORDS["health"]))
        goals = dict.fromkeys(Area, words)
        draft = care.Draft(
            goals=goals, agreed="guardian", agreed_on=TODAY, review_on=TODAY + timedelta(days=60)
        )
        plan = care.save_plan(door, place(), draft, version=place().version)
    with enter(world.people[W.TOWN], now=DURING, purpose=Purpose.SUPERVISING) as door:
        care.approve_plan(door, care_access.get_case_for(door, case), plan)
    known.ids.update(case=case, plan=plan.public_id)
    with enter(worker, now=DURING, purpose=Purpose.CASE_WORK) as door:
        _work(door, known, care_access.get_case_for(door, case))
    _hand_on(world, known)


def _work(door: Door, known: Known, place: care_access.CasePlace) -> None:
    words = WORDS["situation"]
    service: Service = care.add_service(
        door, place, care.Wanted(kind="living", area="habits", due_on=TODAY, words=words)
    )
    next_on = TODAY + timedelta(days=30)
    care.hold_review(
        door, place, care.Looked(held_on=TODAY, outcome="go_on", words=words, next_on=next_on)
    )
    care.reach_milestone(door, place, kind="applied", on=TODAY)
    care.note_contact(door, place, way="call", on=TODAY)
    care.note_liaison(
        door, place, care.Met(kind="home_visit", held_on=TODAY, reached=True, words=words)
    )
    child = care_access.get_child_for(door, known.number)
    report = care.report_duty(door, child, care.Alarm(told=["police"], words=words))
    problem = care.Problem(topic="school", words="书包没有了", names=[])
    ticket = care.open_ticket(door, child, problem)
    known.ids.update(
        service=service.public_id, report=report.public_id, ticket=ticket.public_id
    )  # fmt: skip


def _hand_on(world: World, known: Known) -> None:
    """Refer the case in danger, which an office looks at, and ask another to take it."""
    words = WORDS["situation"]
    second = make_staff("second" + known.number, world.tree.town, Role.CASE_WORKER)
    with enter(world.people[W.CASE_WORKER], now=DURING, purpose=Purpose.CASE_WORK) as door:
        place = care_access.get_case_for(door, known.ids["case"])
        referred = care.Referred(
            body="hospital", kind="health", referred_on=TODAY, answer_by=TODAY, words=words,
            passed=["name"], leave="danger",
        )  # fmt: skip
        referral = care.refer(door, place, referred)
        heard = care.Heard(answer="taken_up", answered_on=TODAY, answer_by=TODAY, words=words)
        care.note_answer(door, place, referral, heard)
        transfer = care.ask_transfer(door, place, user_id=second.pk, words=words)
    with enter(world.people[W.TOWN], now=DURING, purpose=Purpose.SUPERVISING) as door:
        care.look_at_referral(door, care_access.get_referral_above(door, referral.public_id))
    known.ids.update(transfer=transfer.public_id, referral=referral.public_id)


def _talks(world: World, known: Known) -> None:
    with enter(world.people[W.COUNSELLOR], now=DURING, purpose=Purpose.COUNSELLING) as door:
        said = care.Said(kind="one_to_one", held_on=TODAY, words=WORDS["talk"])
        talk = care.note_talk(door, care_access.get_child_for(door, known.number), said)
    known.ids["talk"] = talk.public_id


def _pair(world: World, known: Known) -> None:
    helper = world.people[W.HELPER]
    with enter(world.people[W.VILLAGE], now=DURING, purpose=Purpose.SUPERVISING) as door:
        pairs.note_vetting(door, helper.username, kind=Kind.FIVE_OLD, checked_on=TODAY)
    with enter(world.people[W.CASE_WORKER], now=DURING, purpose=Purpose.CASE_WORK) as door:
        spec = PairSpec(helper_id=helper.pk)
        pair = pairs.start_pair(door, get_child_for(door, known.number), spec).public_id
        pairs.set_goals(door, get_pair_for(door, pair), {Area.STUDY: WORDS["goal"]})
    happened = Happened(began_at=DURING - timedelta(hours=1), minutes=25, way=Way.HOME, made=True)
    own = uuid4()
    with enter(helper, now=DURING, purpose=Purpose.HELPING) as door:
        pairs.tell_visit(door, pair, Told(own=own, happened=happened, note=WORDS["visit"]))
    known.ids.update(pair=pair, own=str(own))


def _gifts(world: World, known: Known) -> None:
    office, county = world.people[W.VILLAGE], world.tree.county.pk
    by = Actor(username=office.username, user_id=office.pk)
    going = gifts.open_round(
        RoundSpec(unit_id=world.tree.village.pk, county_id=county, title="慰问", tag=Tag.OTHER, goes_on=TODAY),
        now=DURING, actor=by,
    )  # fmt: skip
    with enter(world.people[W.HELPER], now=DURING, purpose=Purpose.HELPING) as door:
        seal = door.keys([known.pk], [FieldClass.HELPING])[known.pk]
    with keep("make hand-overs and a need"):
        handover = HandOver(
            round=going, unit=going.unit, child_id=known.pk, planned_by=office, planned_at=DURING,
            state="confirmed", way="signed", handed_by=world.people[W.HELPER], handed_at=DURING,
            confirmed_at=DURING,
        )  # fmt: skip
        handover.signer = seal.seal(
            FieldClass.HELPING, WORDS["signer"], "gifts_handover", "signer", handover.public_id
        )
        handover.save()
        need = Need.objects.create(
            child_id=known.pk, unit=world.tree.village, county=world.tree.county, thing="coat",
            written_by=world.people[W.CASE_WORKER], written_at=DURING,
        )  # fmt: skip
    known.ids.update(handover=handover.public_id, need=need.public_id, going=going.public_id)


def _aid(world: World, known: Known, *, pay: bool) -> None:
    where = aid_matrix.place(world)
    clerk = make_staff("clerk" + known.number, world.tree.school, Role.AID_CLERK)
    payee = PayeeSpec(name=PAYEE, account=ACCOUNT)
    line = LineSpec(child=known.pk, level=Level.PRIMARY, boarding=True, payee=payee)
    with enter(clerk, now=DURING, purpose=Purpose.AID) as door:
        listing = aid.enter_lines(door, where, [line])
    with keep("look"):
        grant = Grant.objects.get(listing=listing).public_id
    known.ids.update(listing=listing.public_id, grant=grant, fund=where.fund.public_id)
    if not pay:
        return
    county = world.tree.county
    director = make_staff("director" + known.number, county, Role.DIRECTOR)
    cashier = make_staff("cashier" + known.number, county, Role.CASHIER)
    with enter(director, now=DURING, purpose=Purpose.AID) as door:
        aid.approve(door, [listing.pk], {county.pk: frozenset({Role.DIRECTOR})})
    with enter(cashier, now=DURING, purpose=Purpose.AID) as door:
        batch = aid.prepare_batch(door, where.fund)
        known.ids["batch"] = batch.public_id
        aid.pay(door, batch)
