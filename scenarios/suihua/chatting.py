"""Liaison groups with what was posted to them and what their boards say (GRP-1 to GRP-3, PUB-3).

No group of the scenario has a robot: an address would lead to somebody's real one, or nowhere.
"""

from datetime import timedelta

from scenarios.suihua.doing import Doing, at
from scenarios.suihua.heads import head_of
from scenarios.suihua.places import CITY
from scenarios.suihua.register import ANDA, COUNTIES, ZHAODONG

from mingtian.core.clock import day_of
from mingtian.groups.actions import (
    Sender,
    To,
    acknowledge,
    decide,
    make_list,
    mark_pasted,
    register_group,
    send,
    set_tip,
    write,
)
from mingtian.groups.queries import find_group, list_deliveries, proposed_names
from mingtian.groups.rows import GroupRow, PostRow, find_entry
from mingtian.groups.rules import Audience, Board, GroupFacts, Platform, Words
from mingtian.org.queries import UnitRow, unit_rows
from mingtian.org.rules import Line, Role

CAMPAIGN = "关爱明天"
NOTICE = Words(
    title="今晚大讲堂",
    text="今晚二十时开讲，请提前十分钟进入。家里老人不会用手机的，请帮一把。自愿参加，不要截图。",
    asks=True,
)
HELP = "哪一户进不去，请在本群说一声，值班老师会打电话。"
TO_FAMILIES = "今晚二十时，扫描班级学习码进入。孩子可以帮爷爷奶奶点进来。错过的可以看回放。"
ENTER = (
    "村口信号弱，把手机放在窗台上就能看完整场。",
    "老人手机字太小，进门时点一下大字就好了。",
    "两个孩子一部手机，第二个孩子点“再加一人”。",
)
LEARNED = ("孩子第一次知道压岁钱是自己的财产。", "奶奶说，以后不再替孩子保管身份证了。")


def fill_groups(doing: Doing) -> None:
    """Register the groups, post to them, have some of it read, and fill the boards."""
    _of_anda(doing)
    city = _standing(doing, CITY, "city", (Audience.COMMITTEES, Audience.SCHOOLS))
    county = _standing(doing, ZHAODONG, "county", (Audience.COMMITTEES, Audience.SCHOOLS))
    school = _standing(
        doing, doing.city.plan.shangjia.key, "principal", (Audience.TEACHERS, Audience.FAMILIES)
    )
    room = _standing(doing, doing.city.plan.shangjia.rooms[0].key, "teacher", (Audience.FAMILIES,))
    _post(doing, city, county, school, room)
    _list(doing, county, "county", "乡镇和学校")
    _list(doing, school, "principal", "老师和家长")
    teacher = room[0][1]
    _fill_boards(doing, school[0], teacher)
    _fill_boards(doing, city[1], school[0][1])
    _fill_boards(doing, city[0], county[0][1])
    _fill_boards(doing, county[1], school[0][1])


def _register(
    doing: Doing, unit: UnitRow, who: str, audience: Audience, size: int, code_days: int | None
) -> GroupRow:
    roles = {"principal": Role.PRINCIPAL, "teacher": Role.CLASS_TEACHER}
    named = audience in {Audience.FAMILIES, Audience.TEACHERS}
    facts = GroupFacts(
        name=proposed_names(unit.id, CAMPAIGN, doing.first_on)[audience],
        purpose="收看大讲堂期间通知家长" if named else "收看大讲堂期间上下联系",
        platform=Platform.WECHAT if named else Platform.WECOM,
        audience=audience,
        size=size,
        closes_on=doing.city.evenings[-1].held_on + timedelta(days=7),
        in_charge_role=roles.get(who, Role.PRINCIPAL if who.startswith("head") else Role.OFFICE),
        code_expires_on=doing.first_on + timedelta(days=code_days) if code_days else None,
    )
    made = register_group(
        unit=unit, line=Line.LEADS, facts=facts, by=doing.by(who), now=doing.before(0, 9)
    )
    found = find_group(made, doing.first_on)
    assert found is not None, "it was registered just now"
    return found


def _of_anda(doing: Doing) -> None:
    """Register a group of families at every school of Anda (F8).

    A code of WeChat's lasts seven days: that of one school in three was made earlier.
    """
    keys = {doing.city.units[each.key]: each.key for each in doing.city.plan.schools}
    for place, school in enumerate(doing.schools(ANDA)):
        days = 4 if place % 3 == 0 else 7
        _register(doing, school, head_of(keys[school.id]), Audience.FAMILIES, 120 + place, days)


def _standing(
    doing: Doing, key: str, who: str, audiences: tuple[Audience, ...]
) -> list[tuple[GroupRow, Sender]]:
    by = doing.by(who)
    sender = Sender(username=who, unit_id=doing.city.units[key], user_id=by.user_id)
    return [
        (_register(doing, doing.unit(key), who, each, 30 + 14 * place, 7 - 2 * place), sender)
        for place, each in enumerate(audiences)
    ]


Groups = list[tuple[GroupRow, Sender]]


def _post(doing: Doing, city: Groups, county: Groups, school: Groups, room: Groups) -> None:
    """Post on the first day and on the last one before today."""
    morning, last = doing.before(0, 10), at(doing.past[-1].held_on, 16)
    both = [group.public_id for group, _by in city]
    _list(doing, city, "city", "县区和学校")
    told = send(text=NOTICE, to=To(groups=both), source="scenario:city", by=city[0][1], now=morning)
    for place, each in enumerate(COUNTIES[:7]):
        by = doing.by("county" if each.code == ZHAODONG else head_of(each.code))
        now = morning + timedelta(minutes=7 * (place + 1))
        acknowledge(post=told, unit_id=doing.city.units[each.code], by=by, now=now)
    _paste(doing, told, "city")
    own = send(text=HELP, to=To(groups=[g.public_id for g, _ in county]), source="scenario:county",
               by=county[0][1], now=last)  # fmt: skip
    _paste(doing, own, "county", most=1)
    teachers, families = (group.public_id for group, _by in school)
    told = send(text=NOTICE, to=To(groups=[teachers]), source="scenario:school", by=school[0][1],
                now=last)  # fmt: skip
    acknowledge(post=told, unit_id=room[0][0].unit_id, by=doing.by("teacher"), now=last)
    _paste(doing, told, "principal")
    send(text=TO_FAMILIES, to=To(groups=[families]), source="scenario:families", by=school[0][1],
         now=last)  # fmt: skip
    told = send(text=TO_FAMILIES, to=To(groups=[room[0][0].public_id]), source="scenario:class",
                by=room[0][1], now=last)  # fmt: skip
    _paste(doing, told, "teacher")


def _paste(doing: Doing, post: PostRow, who: str, *, most: int = 9) -> None:
    now = post.posted_at + timedelta(minutes=5)
    for each in list_deliveries(post.id, day_of(now))[:most]:
        mark_pasted(post=post, group_id=each.group_id, by=doing.by(who), now=now)


def _list(doing: Doing, groups: Groups, who: str, name: str) -> None:
    found = unit_rows([groups[0][0].unit_id], doing.first_on)
    make_list(
        unit=found[groups[0][0].unit_id], name=name, by=doing.by(who), now=doing.before(0, 10),
        groups=[group.public_id for group, _by in groups],
    )  # fmt: skip


def _fill_boards(doing: Doing, kept: tuple[GroupRow, Sender], member: Sender) -> None:
    """Let owner and a member write; the member's last text waits to be read."""
    group, owner = kept
    reader, now = doing.by(owner.username), at(doing.past[-1].held_on, 17)
    for place, text in enumerate(ENTER):
        made = write(
            group=group, board=Board.ENTER, text=text, by=member if place else owner, now=now
        )
        entry = find_entry(made, day_of(now))
        assert entry is not None, "it was written just now"
        if place == 1:
            decide(entry=entry, version=entry.version, show=True, by=reader, now=now)
        if place < 2:
            set_tip(entry=entry, on=True, by=reader, now=now)
    for text in LEARNED:
        write(group=group, board=Board.LEARNED, text=text, by=owner, now=now)
