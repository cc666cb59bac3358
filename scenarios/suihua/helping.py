"""Where help was wanted: the calls of last night, tickets at every stage, visits (STA-3, STA-4, SUP-2).

The last class of Shangjia's school stayed away last night, so the township was to call the school,
and the county the township.
"""

from datetime import timedelta

from scenarios.suihua.city import City
from scenarios.suihua.doing import Doing, at
from scenarios.suihua.heads import head_of
from scenarios.suihua.places import CITY, SHANGJIA
from scenarios.suihua.register import ANDA, ZHAODONG
from scenarios.suihua.tree import sector_key

from mingtian.org.queries import UnitRow
from mingtian.org.rules import Role
from mingtian.supervision.actions import (
    Plan,
    Problem,
    Said,
    ToDo,
    answer,
    close,
    do_follow_up,
    finish,
    follow_up,
    give_ticket,
    keep_findings,
    open_ticket,
    pass_up,
    plan_visit,
    solve,
    take,
)
from mingtian.supervision.models import ContactTask, Ticket
from mingtian.supervision.rules import Cause, Visiting, Why

FEWEST_ROOMS = 2


def falling_of(city: City) -> list[int]:
    """Return the classes from which nobody comes on the last evening before today.

    It takes two classes: the demo's class teacher has the first.
    """
    rooms = city.plan.shangjia.rooms
    return [city.units[rooms[-1].key]] if len(rooms) >= FEWEST_ROOMS else []


def help_units(doing: Doing) -> None:
    """Make some of the calls, open tickets and bring them on, plan visits and keep findings."""
    _call(doing)
    _open_tickets(doing)
    _visit(doing)


def _call(doing: Doing) -> None:
    """Take the calls about the fall: the township has called, the county is about to."""
    lecture, night = doing.past[-1].lecture_id, at(doing.past[-1].held_on, 21, 20)
    school = doing.city.units[doing.city.plan.shangjia.key]
    falls = ContactTask.objects.filter(lecture_id=lecture, why=Why.FALL.value)
    for task in falls.filter(about_id=school):
        by = doing.by("township")
        take(task_id=task.pk, by=by, now=night)
        said = Said(
            cause=Cause.NETWORK.value,
            words="七年级教学楼断网，全班未能进入，电信明天来修",
            stays=True,
        )
        finish(task_id=task.pk, said=said, by=by, now=night + timedelta(minutes=12))
        pass_up(
            ticket_id=Ticket.objects.get(task=task).pk, office_id=doing.city.units[SHANGJIA],
            above=doing.unit(ZHAODONG), words="镇里没有电信人员，请市里协调", by=by,
            now=night + timedelta(minutes=15),
        )  # fmt: skip
    for task in falls.filter(about_id=doing.city.units[SHANGJIA]):
        take(task_id=task.pk, by=doing.by("county"), now=night)


def _open_tickets(doing: Doing) -> None:
    """Open one ticket for each stage: open, answered, handed down, solved and closed."""
    school = doing.city.plan.shangjia
    night = at(doing.past[-1].held_on, 20, 10)
    first, own = school.rooms[0].key, school.key
    _ask(doing, (first, own), "teacher", (Cause.CODE, "两户扫码后提示不是本班"), hours=0)
    said = _ask(doing, (own, SHANGJIA), "principal", (Cause.SOUND, "回看没有声音"), hours=1)
    town, county, city = (doing.city.units[key] for key in (SHANGJIA, ZHAODONG, CITY))
    answer(ticket_id=said, office_id=town, words="请先试另一部手机，已报县里",
           by=doing.by("township"), now=night + timedelta(hours=2))  # fmt: skip
    asked = _ask(
        doing, (SHANGJIA, ZHAODONG), "township", (Cause.ACCESS, "学校门口信号弱，进入很慢")
    )
    answer(ticket_id=asked, office_id=county, words="已请电信到现场看", by=doing.by("county"),
           now=night)  # fmt: skip
    solve(ticket_id=asked, words="加了一台路由，晚间正常", by=doing.by("county"),
          now=night + timedelta(hours=3))  # fmt: skip
    close(ticket_id=asked, by=doing.by("township"), now=night + timedelta(hours=4))
    _ask(doing, (ZHAODONG, CITY), "county", (Cause.NETWORK, "两个乡镇二十时前后进入缓慢"))
    given = _ask(doing, (ANDA, CITY), head_of(ANDA), (Cause.OTHER, "一所学校停电，当晚未能收看"))
    to = str(doing.by("director").user_id)
    give_ticket(ticket_id=given, office_id=city, to=to, by=doing.by("city"),
                now=night + timedelta(minutes=30))  # fmt: skip


def _ask(
    doing: Doing, units: tuple[str, str], who: str, problem: tuple[Cause, str], *, hours: int = 0
) -> int:
    about, office = (doing.city.units[key] for key in units)
    cause, words = problem
    ticket = open_ticket(
        about_id=about, office_id=office, lecture_id=doing.past[-1].lecture_id,
        problem=Problem(cause=cause.value, words=words), by=doing.by(who),
        now=at(doing.past[-1].held_on, 20 - hours, 5),
    )  # fmt: skip
    return ticket.pk


def _visit(doing: Doing) -> None:
    """Hold a comprehensive visit of the bureau, a helping one of the county, and plan two more."""
    school = doing.unit(doing.city.plan.shangjia.key)
    bureau, county = doing.unit(sector_key(ZHAODONG)), doing.unit(ZHAODONG)
    third = doing.past[len(doing.past) // 2].held_on
    told = Plan(
        kind=Visiting.COMPREHENSIVE.value, role=Role.OFFICE, visits_at=at(third, 9),
        announced_on=third - timedelta(days=32),
    )  # fmt: skip
    found = _held(
        doing,
        (school, bureau, "education"),
        told,
        "学习码张贴在门口，值班表上墙。五年级有两户没有手机。",
    )
    for words, owner, done in (
        ("给没有手机的家庭准备一间教室", school, True), ("下次带两部旧手机来", bureau, False),
    ):  # fmt: skip
        to_do = ToDo(words=words, owner_id=owner.id, due_on=doing.today + timedelta(days=2))
        made = follow_up(visit_id=found, to_do=to_do, by=doing.by("education"), now=at(third, 15))
        if done:
            do_follow_up(
                follow_up_id=made.pk, by=doing.by("principal"), now=at(doing.past[-1].held_on, 10)
            )
    helping = Plan(
        kind=Visiting.HELPING.value, role=Role.OFFICE, visits_at=at(third, 19),
        purpose="帮助老人较多的班级进入",
    )  # fmt: skip
    _held(doing, (school, county, "county"), helping, "五老帮助六户老人进入，声音放大后都能听清。")
    tonight = at(doing.today, 19)
    planned = Plan(
        kind=Visiting.HELPING.value, role=Role.OFFICE, visits_at=tonight, purpose="看断网是否修好",
    )  # fmt: skip
    now = at(doing.past[-1].held_on, 22)
    plan_visit(school=school, visitor=county, plan=planned, by=doing.by("county"), now=now)
    other = doing.schools(ANDA)[0]
    plan_visit(school=other, visitor=doing.unit(CITY), plan=planned, by=doing.by("city"), now=now)


def _held(doing: Doing, who: tuple[UnitRow, UnitRow, str], plan: Plan, findings: str) -> int:
    school, visitor, name = who
    by = doing.by(name)
    visit = plan_visit(school=school, visitor=visitor, plan=plan, by=by, now=doing.before(1, 10))
    keep_findings(
        visit_id=visit.pk, findings=findings, by=by, now=plan.visits_at + timedelta(hours=2)
    )
    return visit.pk
