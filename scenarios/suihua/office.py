"""The documents of the campaign: the city's notice on its way down, Zhaodong's own, one in draft.

F1: the city's notice cites No. 20. The groups of Anda's schools are those of F8.
"""

from datetime import timedelta

from scenarios.suihua.campaign import mandate_for
from scenarios.suihua.doing import Doing, at
from scenarios.suihua.heads import head_of
from scenarios.suihua.places import CITY
from scenarios.suihua.register import COUNTIES, ZHAODONG

from mingtian.documents.actions import (
    Draft,
    Onward,
    create_draft,
    issue,
    note_meeting,
    note_requirements,
    receive,
    relay,
    review,
    sign,
)
from mingtian.documents.models import Document, Receipt
from mingtian.documents.rules import Cited, Genre

DAYS_BEFORE = 10
TITLE = "关于组织收看青少年法治教育大讲堂的通知"
TEXT = """一、收看安排
活动期间每晚二十时至二十一时，各班家庭扫描本班学习码收看。

二、有关要求
（一）自愿参加。不设指标，不要求截图，不排名到人。
（二）帮助老人。班主任和五老帮助不会使用手机的老人进入。
（三）如实上报。各校当晚核对数字，有出入的写明原因。
"""
REQUIRED = "自愿收看，帮助老人，如实上报。"
OWN_TEXT = """一、重要意义
让孩子和家里的老人一起听懂身边的法律。

二、参加对象
中小学生、家长和祖辈，教师，五老。

三、收看方式
每晚二十时至二十一时扫描班级学习码，错过的可以看回放。

四、组织领导
各校校长负责，班主任通知到家，五老帮助老人。
"""
AFTER_TEXT = """一、核对数字
各县（市、区）在最后一晚结束后三天内核对完毕。

二、总结做法
把帮助老人进入、弱网收看的好办法写下来，报市关工委办公室。
"""


def send_documents(doing: Doing) -> None:
    """Send the notice down to schools, add Zhaodong's own, and leave one to be signed."""
    notice = _send_notice(doing)
    _hand_down(doing, notice)
    _send_own(doing, notice)
    _draft_next(doing)


def _send_notice(doing: Doing) -> Document:
    draft = Draft(
        genre=Genre.NOTICE,
        title=TITLE,
        text=TEXT,
        campaign_id=doing.city.campaign_id,
        cited=_order(doing),
        to_lists=["leads:county"],
        relay_by=doing.first_on - timedelta(days=5),
    )
    by, written = doing.by("city"), doing.before(DAYS_BEFORE, 9)
    made = create_draft(unit_id=doing.city.units[CITY], draft=draft, by=by, now=written)
    review(document_id=made.pk, by=by, now=written)
    sign(document_id=made.pk, by=doing.by("director"), now=written)
    return issue(document_id=made.pk, by=by, now=written)


def _hand_down(doing: Doing, notice: Document) -> None:
    """Let every county receive, pass on, meet and require; of Zhaodong's schools half open it."""
    written = doing.before(DAYS_BEFORE, 9)
    for place, county in enumerate(COUNTIES):
        by = doing.by("county" if county.code == ZHAODONG else head_of(county.code))
        receipt = _receipt(notice, doing.city.units[county.code])
        opened = written + timedelta(hours=3 + 5 * place)
        met = opened + timedelta(hours=20)
        receive(receipt_id=receipt, by=by, now=opened)
        onward = Onward(to_lists=["leads:school"])
        relay(receipt_id=receipt, onward=onward, by=by, now=opened + timedelta(hours=2))
        note_meeting(receipt_id=receipt, held_at=met, words="校长会", by=by, now=met)
        note_requirements(receipt_id=receipt, words=REQUIRED, by=by, now=met)
    own = doing.city.units[doing.city.plan.shangjia.key]
    for place, school in enumerate(doing.schools(ZHAODONG)):
        if place % 2 == 0 and school.id != own:
            by = doing.by("county")
            receive(receipt_id=_receipt(notice, school.id), by=by, now=written + timedelta(days=4))
    # Shangjia's school has read it and will meet: its meeting is noted with the meeting itself.
    receive(
        receipt_id=_receipt(notice, own), by=doing.by("principal"), now=written + timedelta(days=4)
    )


def _send_own(doing: Doing, notice: Document) -> None:
    by, written = doing.by("county"), doing.before(6, 15)
    draft = Draft(
        genre=Genre.IMPLEMENTATION,
        title="关于肇东市组织收看青少年法治教育大讲堂的实施意见",
        text=OWN_TEXT,
        campaign_id=doing.city.campaign_id,
        cited=Cited(document_id=notice.pk),
        to_lists=["leads:school"],
    )
    made = create_draft(unit_id=doing.city.units[ZHAODONG], draft=draft, by=by, now=written)
    review(document_id=made.pk, by=by, now=written)
    sign(document_id=made.pk, by=by, now=written)
    issue(document_id=made.pk, by=by, now=written)


def _draft_next(doing: Doing) -> None:
    """Leave the notice on what comes after the campaign with the director."""
    by, written = doing.by("city"), at(doing.past[-1].held_on, 16)
    draft = Draft(
        genre=Genre.NOTICE, title="关于做好大讲堂总结工作的通知", text=AFTER_TEXT,
        campaign_id=doing.city.campaign_id, cited=_order(doing), to_lists=["leads:county"],
    )  # fmt: skip
    made = create_draft(unit_id=doing.city.units[CITY], draft=draft, by=by, now=written)
    review(document_id=made.pk, by=by, now=written)


def _order(doing: Doing) -> Cited:
    """Return the province's notice, by which all of it is ordered."""
    mandate = mandate_for(doing.first_on)
    return Cited(
        issuer=mandate.issuer,
        number=mandate.document_number.removeprefix(mandate.issuer),
        issued_on=mandate.issued_on,
    )


def _receipt(document: Document, unit_id: int) -> int:
    return Receipt.objects.get(document=document, unit_id=unit_id).pk
