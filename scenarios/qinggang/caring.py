"""Cases of Yingchun: an orphan gets a guardian (AID-7), parents' contact is watched, talks take place."""

from collections.abc import Sequence
from datetime import timedelta

from scenarios.qinggang.children import agree
from scenarios.qinggang.people import Staff
from scenarios.qinggang.times import Times

from mingtian.care import access, actions
from mingtian.care.actions import Draft, Said, Told, Wanted
from mingtian.care.models import Case, Plan
from mingtian.care.rules import Area, Milestone
from mingtian.children.actions.registering import Registered
from mingtian.children.rules import ConsentPurpose
from mingtian.core.clock import day_of
from mingtian.vault.access import enter
from mingtian.vault.rules import Purpose

WATCHED = 6
"""So many left-behind children have a case with the parents' weekly contact."""

POINTS = {
    "guardianship": 2, "safety": 1, "living": 1, "schooling": 2, "health": 0, "feelings": 1
}  # fmt: skip
STEPS = (Milestone.APPLIED, Milestone.APPROVED, Milestone.GUARDIAN, Milestone.SCHOOL_TOLD,
         Milestone.VILLAGE_TOLD, Milestone.FIRST_PAYMENT)  # fmt: skip


def care_for(
    staff: Staff, orphans: Sequence[Registered], others: Sequence[Registered], times: Times
) -> None:
    """Open cases: for every orphan with all steps of guardianship, for some others with the contact."""
    for orphan in orphans:
        case = _opened(staff, orphan, times)
        _plan(staff, case, times)
        with enter(
            staff["case-worker"], now=times.days_after(8), purpose=Purpose.CASE_WORK
        ) as door:
            place = access.get_case_for(door, case.public_id)
            for number, step in enumerate(STEPS):
                on = day_of(times.begun) + timedelta(days=min(1 + number, 8))
                on = min(on, day_of(door.now))
                actions.reach_milestone(door, place, kind=step.value, on=on)
    for number, child in enumerate(others[:WATCHED]):
        case = _opened(staff, child, times)
        with enter(
            staff["case-worker"], now=times.days_after(4), purpose=Purpose.CASE_WORK
        ) as door:
            place = access.get_case_for(door, case.public_id)
            actions.watch_contact(door, place, since=day_of(times.begun))
            if number % 3:
                actions.note_contact(door, place, way="video", on=day_of(door.now))
    _talk(staff, others[:2], times)


def _opened(staff: Staff, child: Registered, times: Times) -> Case:
    with enter(staff["case-worker"], now=times.begun, purpose=Purpose.CASE_WORK) as door:
        return actions.open_case(door, access.get_child_for(door, child.public_id))


def _plan(staff: Staff, case: Case, times: Times) -> None:
    now = times.days_after(1)
    with enter(staff["case-worker"], now=now, purpose=Purpose.CASE_WORK) as door:
        told = Told(points=POINTS, words="由伯父照料，生活安稳，需落实监护与保障。")
        actions.assess(door, access.get_case_for(door, case.public_id), told)
        place = access.get_case_for(door, case.public_id)
        draft = Draft(
            goals={Area.STUDY: "每晚读半小时", Area.FEELINGS: "每周和老师谈一次心"},
            agreed="guardian", agreed_on=day_of(now), review_on=day_of(now) + timedelta(days=90),
        )  # fmt: skip
        actions.save_plan(door, place, draft, version=place.version)
    with enter(staff["yingchun"], now=now, purpose=Purpose.SUPERVISING) as door:
        plan = Plan.objects.filter(case_id=case.pk).latest("version")
        actions.approve_plan(door, access.get_case_for(door, case.public_id), plan)
    with enter(staff["case-worker"], now=now, purpose=Purpose.CASE_WORK) as door:
        wanted = Wanted(
            kind="schooling", area="study", due_on=day_of(times.now) + timedelta(days=7),
            words="每周两次课业辅导",
        )  # fmt: skip
        actions.add_service(door, access.get_case_for(door, case.public_id), wanted)


def _talk(staff: Staff, children: Sequence[Registered], times: Times) -> None:
    """Bring the school's counsellor into two cases; what is said stays the counsellor's."""
    for child in children:
        with enter(
            staff["case-worker"], now=times.days_after(5), purpose=Purpose.CASE_WORK
        ) as door:
            place = access.get_child_for(door, child.public_id)
            case = access.get_case_for(door, place.case)
            actions.bring_counsellor(door, case, user_id=staff["counsellor"].pk)
            agree(door, [child], ConsentPurpose.COUNSELLING)
        with enter(
            staff["counsellor"], now=times.days_after(6), purpose=Purpose.COUNSELLING
        ) as door:
            said = Said(
                kind="one_to_one", held_on=day_of(door.now), words="想念父母，愿意多说说学校的事。"
            )
            actions.note_talk(door, access.get_child_for(door, child.public_id), said)
