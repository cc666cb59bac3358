"""Meetings, what they resolved, who sees to it, and talks with other bodies."""

from datetime import date, timedelta

from scenarios.suihua.doing import Doing, at
from scenarios.suihua.places import CITY, SHANGJIA
from scenarios.suihua.register import ZHAODONG
from scenarios.suihua.tree import sector_key

from mingtian.documents.models import Document
from mingtian.meetings.actions import (
    MeetingSpec,
    TalkSpec,
    Task,
    follow_resolution,
    record,
    record_talk,
    resolve,
    settle,
)
from mingtian.meetings.models import Meeting
from mingtian.meetings.rules import Attending, Kind, State, Way

A = Attending
LAUNCH = {A.LEADERS: 3, A.COMMITTEE: 12, A.OTHER_BODIES: 8, A.PRINCIPALS: 20}
PRINCIPALS = {A.COMMITTEE: 4, A.PRINCIPALS: 66}
STAFF = {A.PRINCIPALS: 1, A.CLASS_TEACHERS: 12, A.TEACHERS: 9}
JOINT = {A.COMMITTEE: 5, A.OTHER_BODIES: 7, A.PRINCIPALS: 3}
TOWN = {A.LEADERS: 1, A.COMMITTEE: 5, A.FIVE_OLD: 6, A.PRINCIPALS: 1}
PARENTS = {A.CLASS_TEACHERS: 1, A.PARENTS: 31}


def hold_meetings(doing: Doing) -> None:
    """Hold the meetings of the city, of Zhaodong, of Shangjia's school and of one class."""
    _of_city(doing)
    _of_county(doing)
    _of_school(doing)
    _of_others(doing)
    _talk(doing)


def _of_city(doing: Doing) -> None:
    notice = Document.objects.get(unit_id=doing.city.units[CITY], title__contains="组织收看")
    launch = _hold(
        doing, CITY, "city", "launch",
        MeetingSpec(
            kind=Kind.LAUNCH, title="大讲堂启动会", held_at=doing.before(9, 9), attended=LAUNCH,
            place="市政务中心三楼", chair="主任", partners="市教育局、市司法局",
            agenda="宣读通知，布置收看，说明自愿原则。",
            minutes="会议宣读了通知，明确每晚收看，自愿参加，不设指标。",
            campaign_id=doing.campaign.id, document=notice.public_id,
        ),
    )  # fmt: skip
    _resolve(doing, launch, "city", ("各县（市、区）三天内召开校长会", doing.first_on), done=True)
    last = doing.today + timedelta(days=2)
    _resolve(doing, launch, "city", ("汇总帮助老人进入的做法，印成一页", last))
    _hold(
        doing, CITY, "city", "close",
        MeetingSpec(
            kind=Kind.SEMINAR, title="大讲堂总结座谈会", attended={}, place="市政务中心三楼",
            held_at=at(doing.today + timedelta(days=4), 14), campaign_id=doing.campaign.id,
            agenda="各县（市、区）谈做法，谈不足。",
        ),
    )  # fmt: skip


def _of_county(doing: Doing) -> None:
    held = _hold(
        doing, ZHAODONG, "county", "principals",
        MeetingSpec(
            kind=Kind.PRINCIPALS, title="校长会", held_at=doing.before(8, 14), attended=PRINCIPALS,
            place="市教育局会议室", chair="副主任", agenda="布置收看，说明如何核对数字。",
            minutes="各校校长领取学习码，明确值班人员。", campaign_id=doing.campaign.id,
        ),
    )  # fmt: skip
    _resolve(doing, held, "county", ("各校在开讲前一天定好值班表", doing.first_on), done=True)
    late = doing.past[-1].held_on
    _resolve(doing, held, "county", ("弱网乡镇备好村活动室", late))


def _of_school(doing: Doing) -> None:
    school = doing.city.plan.shangjia
    held = _hold(
        doing, school.key, "principal", "staff",
        MeetingSpec(
            kind=Kind.STAFF, title="班主任会", held_at=doing.before(5, 16), attended=STAFF,
            place="会议室", chair="校长", agenda="学习码发放，帮助老人，当晚总结。",
            minutes="各班当天发放学习码，不收截图。", campaign_id=doing.campaign.id,
        ),
    )  # fmt: skip
    soon = doing.today + timedelta(days=1)
    _resolve(doing, held, "principal", ("给没有手机的家庭准备一间教室", soon))
    room = f"unit:{doing.unit(school.rooms[0].key).public_id}"
    _resolve(doing, held, "principal", ("问一问哪几户没有手机", soon), owner=room)
    _hold(
        doing, school.rooms[0].key, "teacher", "parents",
        MeetingSpec(
            kind=Kind.PARENTS, title="家长会", held_at=doing.before(3, 18), attended=PARENTS,
            place="本班教室", chair="班主任", agenda="怎样进入大讲堂，怎样帮助爷爷奶奶。",
            minutes="家长自愿参加，现场帮助三户进入。", campaign_id=doing.campaign.id,
        ),
    )  # fmt: skip


def _of_others(doing: Doing) -> None:
    """Hold a joint meeting of the bureau and the launch in Shangjia Town."""
    joint = _hold(
        doing, sector_key(ZHAODONG), "education", "joint",
        MeetingSpec(
            kind=Kind.JOINT, title="收看工作联席会", held_at=doing.before(7, 9), attended=JOINT,
            place="市教育局二楼", chair="副局长", partners="市关工委办公室", agenda="学校分工，用电和网络。",
            minutes="学校负责组织，关工委负责五老，电信保障晚间网络。", campaign_id=doing.campaign.id,
        ),
    )  # fmt: skip
    words = "开学第二周到三所学校看一看"
    _resolve(doing, joint, "education", (words, doing.today + timedelta(days=3)))
    launch = _hold(
        doing, SHANGJIA, "township", "launch",
        MeetingSpec(
            kind=Kind.LAUNCH, title="尚家镇启动会", held_at=doing.before(6, 9), attended=TOWN,
            place="镇政府会议室", chair="主任", agenda="五老分工，入户时间。",
            minutes="六位五老分三个片，每晚提前一刻钟到户。", campaign_id=doing.campaign.id,
        ),
    )  # fmt: skip
    _resolve(doing, launch, "township", ("统计不会使用手机的老人", doing.first_on), done=True)
    _resolve(doing, launch, "township", ("文化站活动室晚间开门", doing.today))


def _hold(doing: Doing, key: str, who: str, once: str, spec: MeetingSpec) -> Meeting:
    now = min(spec.held_at + timedelta(hours=3), at(doing.past[-1].held_on, 17))
    return record(unit=doing.unit(key), spec=spec, once=once, by=doing.by(who), now=now)


def _resolve(
    doing: Doing, meeting: Meeting, who: str, task: tuple[str, date], *, done: bool = False,
    owner: str = "",
) -> None:  # fmt: skip
    """Add a resolution with its follow-up; without an ``owner`` it is that of ``who``."""
    words, due_on = task
    by, now = doing.by(who), meeting.held_at + timedelta(hours=3)
    made = resolve(meeting_id=meeting.pk, text=words, task=None, once=words[:12], by=by, now=now)
    follow_up = Task(what=words, owner=owner or f"person:{by.user_id}", due_on=due_on)
    follow = follow_resolution(
        meeting_id=meeting.pk, number=made.number, task=follow_up, once=words[:12], by=by, now=now
    )
    if done:
        settle(
            follow_up_id=follow.pk, to=State.DONE, said="已全部完成", by=by,
            now=now + timedelta(days=2),
        )  # fmt: skip


def _talk(doing: Doing) -> None:
    talks = (
        (CITY, "city", "市教育局", "基础教育科", Way.VISIT, "由教育局通知学校，关工委管五老"),
        (CITY, "city", "市广播电视台", "总编室", Way.TELEPHONE, "每晚预告讲座题目"),
        (ZHAODONG, "county", "市司法局", "普法办", Way.LETTER, "派两名法治副校长答疑"),
        (doing.city.plan.shangjia.key, "principal", "尚家镇政府", "文化站", Way.VISIT,
         "文化站活动室晚间开放"),
        (sector_key(ZHAODONG), "education", "市电信公司", "网络部", Way.TELEPHONE,
         "二十时前后留人值守"),
        (SHANGJIA, "township", "镇中心学校", "校长室", Way.VISIT, "五老名单交班主任"),
    )  # fmt: skip
    for place, (key, who, whom, role, way, agreed) in enumerate(talks):
        by, held = doing.by(who), doing.before(7 - place, 10)
        spec = TalkSpec(
            post="办公室" if who != "principal" else "校长", with_whom=whom, with_role=role,
            held_at=held, way=way, agreed=agreed,
        )  # fmt: skip
        task = Task(
            what=agreed, owner=f"person:{by.user_id}", due_on=doing.today + timedelta(days=1)
        )
        record_talk(
            unit_id=doing.city.units[key], spec=spec, task=None if place else task,
            once=whom, by=by, now=held + timedelta(hours=1),
        )  # fmt: skip
