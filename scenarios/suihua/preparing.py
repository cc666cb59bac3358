"""What places prepared before the first evening: plans, requirements, duty, helpers, pilots.

Told of the city, of Zhaodong with Shangjia's school, and of Anda, whose four streets had ten pilot
communities with a hundred key families (F5 to F7); at smaller scales with fewer.
"""

from datetime import timedelta

from scenarios.suihua.doing import Doing
from scenarios.suihua.heads import head_of
from scenarios.suihua.places import CITY, SHANGJIA, communities
from scenarios.suihua.register import ANDA, ZHAODONG
from scenarios.suihua.tree import sector_key

from mingtian.org.rules import Line
from mingtian.people.rules import PersonKind
from mingtian.readiness.actions import (
    ActivityWish,
    DutyWish,
    FamilyWish,
    LineWish,
    PilotWish,
    Wanted,
    ask_swap,
    choose_pilot,
    fill_item,
    issue_sheet,
    log_activity,
    name_duty,
    tell_finding,
    write_duty,
    write_family,
    write_line,
)
from mingtian.readiness.models import Turn
from mingtian.readiness.queries.pilots import list_homes_of
from mingtian.readiness.queries.work import Under
from mingtian.readiness.rules import Channel, Leg, Lever, Task

UNREADY_EACH = 7
"""Every seventh school has not filed its plan, and has nobody in charge."""

SHEET = """一、请家长自愿陪同孩子收看，每晚二十时开始。
二、家中有老人不会使用手机的，可以请孩子或班主任帮助进入。
三、不要求截图，不打卡，错过的可以看回放。
"""
LINES = (
    (PersonKind.PUPIL, Leg.SCHOOL, Channel.LEARNING_CODE, "市教育局"),
    (PersonKind.PARENT, Leg.FAMILY, Channel.CLASS_GROUP, "各学校班主任"),
    (PersonKind.GRANDPARENT, Leg.FAMILY, Channel.FIVE_OLD, "各乡镇关工委"),
    (PersonKind.TEACHER, Leg.SCHOOL, Channel.LEARNING_CODE, "市教育局"),
    (PersonKind.FIVE_OLD, Leg.SOCIETY, Channel.VILLAGE_ROOM, "各乡镇关工委"),
)
WORK = (
    (Lever.SCHOOL, "在各校门口张贴学习码", 640),
    (Lever.VICE_PRINCIPAL, "法治副校长到校讲一课", 320),
    (Lever.FIVE_OLD, "五老入户教老人进入大讲堂", 86),
    (Lever.FAMILY_STATION, "家长学校开放晚间收看室", 45),
    (Lever.CLASS_GROUP, "班级群发当晚讲座题目", 410),
)
REASONS = ("留守儿童较多，老人不会使用手机", "社区有活动室，可以一起收看", "外来务工家庭较多")
FAMILY_REASONS = ("祖辈带孩子，手机由邻居帮助", "两个孩子合用一部手机", "家长在外地，晚间视频陪同")
FINDINGS = (
    "五老提前一刻钟入户，老人自己进入的多了。",
    "在活动室一起收看的家庭，散场后讨论更久。",
)


def prepare_places(doing: Doing) -> None:
    """Write plans and requirements, name duty, share out helpers' work, choose pilots."""
    _write_plans(doing)
    _get_ready(doing)
    _issue_sheets(doing)
    _name_duty(doing)
    _share_out_work(doing)
    _log_work(doing)
    _choose_pilots(doing)


def _write_plans(doing: Doing) -> None:
    school = doing.city.plan.shangjia
    places = (
        (CITY, "city"), (ZHAODONG, "county"), (sector_key(ZHAODONG), "education"),
        (SHANGJIA, "township"), (school.key, "principal"),
    )  # fmt: skip
    for key, who in places:
        for place, (kind, leg, channel, owner) in enumerate(LINES):
            wish = LineWish(
                kind=kind.value, leg=leg.value, channel=channel.value, owner=owner,
                expected=None if place == 2 else 400 * (5 - place),
                due_on=doing.first_on - timedelta(days=2),
            )  # fmt: skip
            write_line(
                campaign=doing.campaign, unit=doing.unit(key), wish=wish, by=doing.by(who),
                now=doing.before(8, 10),
            )  # fmt: skip


def _get_ready(doing: Doing) -> None:
    keys = {doing.city.units[each.key]: each.key for each in doing.city.plan.schools}
    shangjia = doing.city.plan.shangjia.key
    for place, unit in enumerate(doing.schools(CITY)):
        own = keys[unit.id] == shangjia
        by = doing.by("principal" if own else head_of(keys[unit.id]))
        now = doing.before(3, 16)
        school = doing.school(unit)
        fill_item(school=school, item="meeting", by=by, now=now)
        if own or place % UNREADY_EACH:
            fill_item(school=school, item="person", by=by, now=now)
            fill_item(school=school, item="plan", by=by, now=now)


def _issue_sheets(doing: Doing) -> None:
    by, school = doing.by("principal"), doing.school(doing.unit(doing.city.plan.shangjia.key))
    issue_sheet(school=school, text=SHEET, by=by, now=doing.before(3, 15))
    more = SHEET + "四、有问题请告诉班主任，学校当晚有人值班。"
    issue_sheet(school=school, text=more, by=by, now=doing.before(2, 9))


def _name_duty(doing: Doing) -> None:
    school = doing.school(doing.unit(doing.city.plan.shangjia.key))
    people = ("duty", "teacher", "principal")
    wanted = [
        Wanted(
            lecture_id=evening.lecture_id,
            first=people[evening.index % 2],
            substitute=people[2],
        )
        for evening in doing.city.evenings
    ]
    by = doing.by("principal")
    name_duty(school=school, wanted=wanted, by=by, now=doing.before(3, 17))
    last = doing.city.evenings[-1].lecture_id
    turn = Turn.objects.select_related("lecture").get(
        lecture_id=last, unit_id=school.unit.id, place=Turn.FIRST
    )
    holder, other = ("teacher", "duty") if turn.user_id == doing.by("teacher").user_id else (
        "duty", "teacher")  # fmt: skip
    ask_swap(
        turn=turn, whom=other, words="当晚家中有事，能否代一晚", by=doing.by(holder),
        now=doing.before(0, 9),
    )  # fmt: skip


def _share_out_work(doing: Doing) -> None:
    unit = doing.unit(SHANGJIA)
    keys = {group.key for group in doing.city.plan.groups if group.township == SHANGJIA}
    blocks = ("一队、二队", "三队", "尚家街")
    for key in sorted(keys):
        for place, task in enumerate(Task):
            wish = DutyWish(
                group=doing.unit(key).public_id, task=task.value, block=blocks[place % 3],
                volunteers=1,
            )  # fmt: skip
            write_duty(
                campaign=doing.campaign, unit=unit, wish=wish, by=doing.by("township"),
                now=doing.before(4, 10),
            )  # fmt: skip


def _log_work(doing: Doing) -> None:
    school = doing.city.plan.shangjia.key
    places = ((CITY, "city"), (ZHAODONG, "county"), (SHANGJIA, "township"), (school, "principal"))
    for place, (key, who) in enumerate(places):
        for lever, what, served in WORK[place:]:
            wish = ActivityWish(
                lever=lever.value, what=what, served=served // (place + 1),
                done_on=doing.first_on - timedelta(days=1 + place),
            )  # fmt: skip
            log_activity(
                campaign=doing.campaign, unit=doing.unit(key), wish=wish, by=doing.by(who),
                now=doing.before(0, 10),
            )  # fmt: skip


def _choose_pilots(doing: Doing) -> None:
    by = doing.by(head_of(ANDA))
    under = Under(
        campaign_id=doing.campaign.id, path=doing.subtree(ANDA), line=Line.LEADS, day=doing.first_on
    )
    asked = doing.first_on - timedelta(days=6)
    chosen = []
    for place, community in enumerate(communities()):
        unit = doing.unit(community.code)
        wish = PilotWish(
            village=unit.public_id, reason=REASONS[place % 3], coordinator=None, consent_on=asked
        )
        chosen.append(
            choose_pilot(
                campaign=doing.campaign, under=under, wish=wish, by=by, now=doing.before(5, 10)
            )
        )
        for number, (home, _key, _size) in enumerate(list_homes_of(unit, doing.today)):
            family = FamilyWish(reason=FAMILY_REASONS[number % 3], consent_on=asked, home=home)
            write_family(
                campaign=doing.campaign, unit=unit, wish=family, by=by, now=doing.before(4, 15)
            )
    for pilot, finding in zip(chosen, FINDINGS, strict=False):
        tell_finding(
            campaign=doing.campaign, under=under, pilot=pilot.public_id, text=finding, by=by,
            now=doing.before(0, 11),
        )  # fmt: skip
