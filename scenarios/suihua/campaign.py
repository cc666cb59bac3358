"""The campaign: mandate, eight lectures, opening, learning codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from scenarios.suihua.city import Evening, Sitting
from scenarios.suihua.places import CITY
from scenarios.suihua.register import NEEDED_SLOTS

from mingtian.bulletins.actions import switch
from mingtian.bulletins.switching import Ground
from mingtian.campaigns.actions import (
    CampaignSpec,
    LectureSpec,
    add_lecture,
    create_campaign,
    issue_codes,
    open_campaign,
    plan_lectures,
    remove_lecture,
    set_mandate,
)
from mingtian.campaigns.models import LearningCode
from mingtian.campaigns.queries import list_lectures
from mingtian.campaigns.rules import Mandate, lecture_times
from mingtian.closings.queries import list_days
from mingtian.core.actor import Actor
from mingtian.core.clock import SHANGHAI

NAME = "关爱明天、普法先行——青少年法治教育大讲堂"
NAME_EN = "Care for tomorrow, law first: the youth rule-of-law lecture hall"
ISSUER = "黑龙江省关工委"
ISSUER_EN = "Heilongjiang Provincial Care Committee"
NUMBER = 20
"""Of the provincial notice (F1)."""

STARTS = time(20)
LENGTH = timedelta(hours=1)
"""20:00 to 21:00 (F9)."""

REPLAY_DAYS = 30
COMPARED = "按当年通知公布各县（市、区）参与情况，只列单位"
ISSUED_DAYS_BEFORE = 10
TITLES = (
    ("未成年人保护法走进家庭", "The Law on the Protection of Minors comes home"),
    ("预防犯罪，从小事做起", "Prevention begins with small things"),
    ("民法典里的家", "The family in the Civil Code"),
    ("上网的时间与安全", "Time and safety online"),
    ("校园里的规则与友善", "Rules and kindness at school"),
    ("家庭教育促进法与一家人", "Family education, a law for the whole family"),
    ("防溺水，防诈骗", "Safe from water, safe from fraud"),
    ("宪法在身边", "The Constitution around us"),
)
"""Invented: what was lectured is not reported."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """The campaign with its lectures and learning codes, these by the plan key of their unit."""

    campaign_id: int
    evenings: tuple[Evening, ...]
    codes: dict[str, str]


def hold_campaign(
    *,
    units: Mapping[str, int],
    days: Sequence[date],
    tonight: tuple[date, Sitting] | None,
    actor: str,
    now: datetime,
) -> Held:
    """Order, plan and open the campaign at ``now``, and give every invited unit its code."""
    last = lecture_times(days[-1], STARTS, LENGTH)
    spec = CampaignSpec(
        name=NAME,
        name_en=NAME_EN,
        scope_id=units[CITY],
        first_on=days[0],
        last_on=days[-1],
        needed_slots=NEEDED_SLOTS,
        replay_until=last.closes_at + timedelta(days=REPLAY_DAYS),
    )
    campaign_id = create_campaign(spec=spec, actor=actor, now=now).pk
    set_mandate(campaign_id=campaign_id, mandate=mandate_for(days[0]), actor=actor, now=now)
    plan_lectures(
        campaign_id=campaign_id, start=STARTS, length=LENGTH, titles=TITLES, actor=actor, now=now
    )
    if tonight is not None:
        _move(campaign_id, days.index(tonight[0]), tonight[1], actor=actor, now=now)
    open_campaign(campaign_id=campaign_id, actor=actor, now=now)
    issue_codes(campaign_id=campaign_id, actor=actor, now=now)
    compare_units(campaign_id, actor=actor, now=now)
    return Held(
        campaign_id=campaign_id,
        evenings=tuple(
            Evening(
                index=index,
                lecture_id=row.id,
                held_on=row.held_on,
                starts_at=row.starts_at,
                ends_at=row.ends_at,
            )
            for index, row in enumerate(list_lectures(campaign_id))
        ),
        codes=_codes_by_key(campaign_id, units),
    )


def compare_units(campaign_id: int, *, actor: str, now: datetime) -> None:
    """Switch the comparison of units on: the reports tell of lists of counties (F4, F16)."""
    day = list_days(campaign_id)[0]
    switch(
        campaign=day.campaign, on=True, ground=Ground.MANDATE.value, words=COMPARED, now=now,
        by=Actor(username=actor),
    )  # fmt: skip


def mandate_for(first_on: date) -> Mandate:
    """Return notice no. 20 of the year (F1), issued some days before the first evening.

    The agency's short name is not reported, so the issuer's name stands in the number.
    """
    issued_on = first_on - timedelta(days=ISSUED_DAYS_BEFORE)
    return Mandate(
        issuer=ISSUER,
        issuer_en=ISSUER_EN,
        number=NUMBER,
        year=issued_on.year,
        issued_on=issued_on,
    )


def sitting_today(
    days: Sequence[date], today: date, tonight: Sitting | None
) -> tuple[date, Sitting] | None:
    """Return today with its sitting, None when it has none of its own.

    ValueError when the sitting begins on another day in Shanghai, or no lecture is today.
    """
    if tonight is None:
        return None
    local = tonight.starts_at.astimezone(SHANGHAI).date()
    if local != today or today not in days:
        raise ValueError(
            f"The sitting begins on {local}; the evenings are {days[0]} to {days[-1]}."
        )
    return today, tonight


def _move(campaign_id: int, index: int, sitting: Sitting, *, actor: str, now: datetime) -> None:
    """Hold one lecture at another hour; it keeps its title and its place."""
    local = sitting.starts_at.astimezone(SHANGHAI)
    title, title_en = TITLES[index]
    remove_lecture(campaign_id=campaign_id, number=index + 1, actor=actor, now=now)
    add_lecture(
        campaign_id=campaign_id,
        lecture=LectureSpec(
            day=local.date(),
            start=local.time(),
            length=sitting.length,
            title=title,
            title_en=title_en,
        ),
        actor=actor,
        now=now,
    )


def _codes_by_key(campaign_id: int, units: Mapping[str, int]) -> dict[str, str]:
    keys = {unit: key for key, unit in units.items()}
    codes = LearningCode.objects.filter(campaign_id=campaign_id, closed_at=None)
    return {keys[unit]: code for unit, code in codes.values_list("unit_id", "code")}
