"""What the offices did before the first evening: the notice and its way down, readiness, groups.

So that every desk of the demo has a past: F1 (the city's notice cites No. 20), F8 (groups of the
schools of Anda), F13 (schools that met and filed their plan; a few have not).
"""

from datetime import date, datetime, time, timedelta

from scenarios.suihua.campaign import mandate_for
from scenarios.suihua.city import City
from scenarios.suihua.places import CITY
from scenarios.suihua.register import ANDA, COUNTIES, ZHAODONG

from mingtian.campaigns.queries.homes import campaigns_by_id
from mingtian.core.actor import Actor
from mingtian.core.clock import SHANGHAI
from mingtian.documents.actions import (
    Draft,
    Onward,
    create_draft,
    find_receipt_id,
    issue,
    note_meeting,
    note_requirements,
    receive,
    relay,
    review,
    sign,
)
from mingtian.documents.rules import Cited, Genre
from mingtian.groups.actions import register_group
from mingtian.groups.rules import Audience, GroupFacts, Platform, proposed_name
from mingtian.org.queries import UnitRow, list_subtree, path_on, unit_rows
from mingtian.org.rules import Line, Role, UnitKind
from mingtian.readiness.actions import fill_item
from mingtian.readiness.actions.checklists import School

DAYS_BEFORE = 10
UNREADY_EACH = 7
"""Every seventh school has not filed its plan."""

TITLE = "关于组织收看青少年法治教育大讲堂的通知"
TEXT = """一、收看安排
活动期间每晚二十时至二十一时，各班家庭扫描本班学习码收看。

二、有关要求
（一）自愿参加。不设指标，不要求截图，不排名到人。
（二）帮助老人。班主任和五老帮助不会使用手机的老人进入。
（三）如实上报。各校当晚核对数字，有出入的写明原因。
"""


def prepare_offices(*, city: City, actor: str) -> None:
    """Send the notice down, note who is ready, register the groups of Anda. Once for a city."""
    first_on = city.evenings[0].held_on
    _send_notice(city, first_on, Actor(username=actor))
    _get_ready(city, first_on, Actor(username=actor))
    _register_groups(city, first_on, Actor(username=actor))


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), SHANGHAI)


def _send_notice(city: City, first_on: date, by: Actor) -> None:
    mandate = mandate_for(first_on)
    written = _at(first_on - timedelta(days=DAYS_BEFORE), 9)
    draft = Draft(
        genre=Genre.NOTICE,
        title=TITLE,
        text=TEXT,
        campaign_id=city.campaign_id,
        cited=Cited(
            issuer=mandate.issuer,
            number=mandate.document_number.removeprefix(mandate.issuer),
            issued_on=mandate.issued_on,
        ),
        to_lists=["leads:county"],
        relay_by=first_on - timedelta(days=5),
    )
    made = create_draft(unit_id=city.units[CITY], draft=draft, by=by, now=written)
    review(document_id=made.pk, by=by, now=written)
    sign(document_id=made.pk, by=Actor(username="director"), now=written)
    issue(document_id=made.pk, by=by, now=written)
    for place, county in enumerate(COUNTIES):
        receipt = find_receipt_id(document=made.public_id, unit_id=city.units[county.code])
        assert receipt is not None, "the notice went to every county"
        _hand_down(receipt, written + timedelta(hours=3 + 5 * place), by)
    for school in _schools(city, ZHAODONG, first_on)[::2]:
        receipt = find_receipt_id(document=made.public_id, unit_id=school.id)
        if receipt is not None:
            receive(receipt_id=receipt, by=by, now=written + timedelta(days=2))


def _hand_down(receipt: int, opened: datetime, by: Actor) -> None:
    receive(receipt_id=receipt, by=by, now=opened)
    onward = Onward(to_lists=["leads:school"])
    relay(receipt_id=receipt, onward=onward, by=by, now=opened + timedelta(hours=2))
    met = opened + timedelta(hours=20)
    note_meeting(receipt_id=receipt, held_at=met, words="校长会", by=by, now=met)
    note_requirements(receipt_id=receipt, words="自愿收看，帮助老人，如实上报。", by=by, now=met)


def _get_ready(city: City, first_on: date, by: Actor) -> None:
    campaign = campaigns_by_id([city.campaign_id])[city.campaign_id]
    noted = _at(first_on - timedelta(days=3), 16)
    for place, unit in enumerate(_schools(city, CITY, first_on)):
        school = School(campaign=campaign, unit=unit, path=tuple(path_on(unit.id, first_on)))
        fill_item(school=school, item="meeting", by=by, now=noted)
        if place % UNREADY_EACH:
            fill_item(school=school, item="plan", by=by, now=noted)


def _register_groups(city: City, first_on: date, by: Actor) -> None:
    opened = _at(first_on, 10)
    for place, school in enumerate(_schools(city, ANDA, first_on)):
        facts = GroupFacts(
            name=proposed_name(school.name, "关爱明天", Audience.FAMILIES),
            purpose="收看大讲堂期间通知家长",
            platform=Platform.WECHAT,
            audience=Audience.FAMILIES,
            size=120 + place,
            closes_on=city.evenings[-1].held_on + timedelta(days=7),
            in_charge_role=Role.PRINCIPAL,
            # A code of WeChat's lasts seven days: that of one school in three was made earlier.
            code_expires_on=first_on + timedelta(days=4 if place % 3 == 0 else 7),
        )
        register_group(unit=school, line=Line.LEADS, facts=facts, by=by, now=opened)


def _schools(city: City, code: str, day: date) -> list[UnitRow]:
    found = list_subtree(city.units[code], day, kinds=[UnitKind.SCHOOL])
    rows = unit_rows([each.id for each in found], day)
    return [rows[each.id] for each in found]
