"""Who opens which page of cases. Names stay with the case worker; offices see numbers (domain.md 7)."""

from mingtian.care import access, actions
from mingtian.care.models import Assignment, Case, Plan, Service, Transfer
from mingtian.care.tests.conftest import POINTS, draft
from mingtian.children.rules import ConsentPurpose
from mingtian.core.clock import day_of
from mingtian.testing.children import make_child
from mingtian.testing.matrix import DURING, EVERYBODY, Key, Row, Rows, Who, World
from mingtian.vault.access import enter, keep
from mingtian.vault.rules import Purpose

W = Who
WORKER = frozenset({W.CASE_WORKER})
PLACES = frozenset({W.VILLAGE, W.TOWN, W.COUNTY})
OVERSEEING = PLACES | {W.SCHOOL_OFFICE}
ALL_OVERSEEING = OVERSEEING | {W.FAR_COUNTY}
SEEING = OVERSEEING | WORKER
COUNSELLOR = frozenset({W.COUNSELLOR})
TODAY = day_of(DURING)


def child_of(world: World) -> dict[str, object]:
    """Register a child at the village and the school."""
    made = make_child(
        world.people[W.CASE_WORKER], world.tree.village, world.tree.school, now=DURING,
        consents=(ConsentPurpose.CASE_WORK, ConsentPurpose.COUNSELLING),
    )  # fmt: skip
    return {"child": made.public_id}


def make_case(world: World) -> tuple[Case, str]:
    number = str(child_of(world)["child"])
    with enter(world.people[W.CASE_WORKER], now=DURING, purpose=Purpose.CASE_WORK) as door:
        case = actions.open_case(door, access.get_child_for(door, number))
        place = access.get_case_for(door, case.public_id)
        actions.bring_counsellor(door, place, user_id=world.people[W.COUNSELLOR].pk)
    return case, number


def case_of(world: World) -> dict[str, object]:
    return {"case": make_case(world)[0].public_id}


def counselled_child(world: World) -> dict[str, object]:
    return {"child": make_case(world)[1]}


def closed_case(world: World) -> dict[str, object]:
    case, _ = make_case(world)
    with enter(world.people[W.CASE_WORKER], now=DURING, purpose=Purpose.CASE_WORK) as door:
        place = access.get_case_for(door, case.public_id)
        actions.close_case(door, place, reason="of_age", version=place.version)
    return {"case": case.public_id}


def plan_of(world: World) -> dict[str, object]:
    return {"plan": make_plan(world)[1].public_id}


def make_plan(world: World) -> tuple[Case, Plan]:
    case, _ = make_case(world)
    with enter(world.people[W.CASE_WORKER], now=DURING, purpose=Purpose.CASE_WORK) as door:
        told = actions.Told(points=POINTS, words="与祖母同住")
        actions.assess(door, access.get_case_for(door, case.public_id), told)
        place = access.get_case_for(door, case.public_id)
        plan = actions.save_plan(door, place, draft(DURING), version=place.version)
    return case, plan


def service_of(world: World) -> dict[str, object]:
    case, plan = make_plan(world)
    with enter(world.people[W.TOWN], now=DURING, purpose=Purpose.SUPERVISING) as door:
        actions.approve_plan(door, access.get_case_for(door, case.public_id), plan)
    with enter(world.people[W.CASE_WORKER], now=DURING, purpose=Purpose.CASE_WORK) as door:
        wanted = actions.Wanted(kind="living", area="habits", due_on=TODAY)
        made: Service = actions.add_service(door, access.get_case_for(door, case.public_id), wanted)
    return {"service": made.public_id}


def transfer_of(world: World) -> dict[str, object]:
    case, _ = make_case(world)
    with keep("a hand-over as if the line had been another"):
        made = Transfer.objects.create(
            case=case, child_id=case.child_id, by_id=world.people[W.CASE_WORKER].pk, at=DURING,
            to_id=world.people[W.FAR_CASE_WORKER].pk,
        )  # fmt: skip
    return {"transfer": made.public_id}


def assignment_of(world: World) -> dict[str, object]:
    case, _ = make_case(world)
    with keep("look"):
        own = Assignment.objects.get(case=case, duty="counsellor")
    return {"case": case.public_id, "assignment": own.public_id}


def ticket_of(world: World) -> dict[str, object]:
    _, number = make_case(world)
    with enter(world.people[W.CASE_WORKER], now=DURING, purpose=Purpose.CASE_WORK) as door:
        problem = actions.Problem(topic="school", words="没有书包", names=[])
        made = actions.open_ticket(door, access.get_child_for(door, number), problem)
    return {"ticket": made.public_id}


def report_of(world: World) -> dict[str, object]:
    number = str(child_of(world)["child"])
    with enter(world.people[W.CASE_WORKER], now=DURING, purpose=Purpose.CASE_WORK) as door:
        place = access.get_child_for(door, number)
        made = actions.report_duty(door, place, actions.Alarm(told=["police"]))
    return {"report": made.public_id}


def talk_of(world: World) -> dict[str, object]:
    _, number = make_case(world)
    with enter(world.people[W.COUNSELLOR], now=DURING, purpose=Purpose.COUNSELLING) as door:
        said = actions.Said(kind="one_to_one", held_on=TODAY, words="想妈妈")
        made = actions.note_talk(door, access.get_child_for(door, number), said)
    return {"talk": made.public_id}


def referral_of(world: World) -> dict[str, object]:
    case, _ = make_case(world)
    with enter(world.people[W.CASE_WORKER], now=DURING, purpose=Purpose.CASE_WORK) as door:
        referred = actions.Referred(
            body="civil_affairs", kind="living", referred_on=TODAY, answer_by=TODAY, words="低保",
            passed=["name"], leave="danger",
        )  # fmt: skip
        made = actions.refer(door, access.get_case_for(door, case.public_id), referred)
    return {"referral": made.public_id}


def both(key: Key, who: frozenset[Who]) -> Row:
    """A page with a form: read and sent by the same people."""
    return Row(get=who, post=who, key=key)


ROWS: Rows = {
    "care:own": Row(get=EVERYBODY),
    "care:cases": Row(get=ALL_OVERSEEING | {W.CASE_WORKER, W.FAR_CASE_WORKER}),
    "care:export": Row(
        get=ALL_OVERSEEING | {W.CASE_WORKER, W.FAR_CASE_WORKER}, key=lambda _: {"form": "csv"}
    ),
    "care:case": Row(get=SEEING, key=case_of),
    "care:close": both(case_of, WORKER),
    "care:reopen": Row(post=WORKER, key=closed_case),
    "care:watch": both(case_of, WORKER),
    "care:assess": both(case_of, WORKER),
    "care:service": both(case_of, WORKER),
    "care:review": both(case_of, WORKER),
    "care:milestone": both(case_of, WORKER),
    "care:contact": both(case_of, WORKER),
    "care:liaison": both(case_of, WORKER),
    "care:plan": both(case_of, WORKER),
    "care:refer": both(case_of, WORKER),
    "care:answer-referral": both(referral_of, WORKER),
    "care:take-back": Row(post=WORKER, key=referral_of),
    "care:referral-seen": Row(post=OVERSEEING, key=referral_of),
    "care:hand-over": both(case_of, WORKER | PLACES),
    "care:second": both(case_of, WORKER | PLACES),
    "care:counsellor": both(case_of, WORKER | PLACES),
    "care:end-duty": Row(post=WORKER | PLACES, key=assignment_of),
    "care:done": both(service_of, WORKER),
    "care:call-off": Row(post=WORKER, key=service_of),
    "care:approve": Row(post=PLACES, key=plan_of),
    "care:return": Row(post=PLACES, key=plan_of),
    # Whoever was asked is no worker of this line: a stranger to the case even so.
    "care:accept": Row(post=WORKER, key=transfer_of),
    "care:decline": Row(post=WORKER | PLACES, key=transfer_of),
    "care:ticket": Row(get=SEEING, key=ticket_of),
    "care:answer": Row(post=OVERSEEING, key=ticket_of),
    "care:close-ticket": Row(post=SEEING, key=ticket_of),
    "care:report": Row(get=SEEING, key=report_of),
    "care:report-seen": Row(post=SEEING, key=report_of),
    "care:talk": Row(get=COUNSELLOR, key=talk_of),
    "care:talk-seen": Row(post=OVERSEEING, key=talk_of),
    "care:agree": both(counselled_child, COUNSELLOR),
    "care:child": Row(get=COUNSELLOR, key=counselled_child),
    "care:open": both(child_of, WORKER),
    "care:duty": [
        both(child_of, SEEING),
        both(counselled_child, SEEING | COUNSELLOR),
    ],
    "care:new-talk": both(counselled_child, COUNSELLOR),
    "care:hand-notes": both(counselled_child, COUNSELLOR),
    "care:truancy": both(counselled_child, COUNSELLOR),
    "care:problem": both(counselled_child, WORKER | COUNSELLOR),
}
