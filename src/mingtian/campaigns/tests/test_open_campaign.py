"""Founding, opening and closing a campaign; denominators are frozen once."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from mingtian.campaigns import actions, queries
from mingtian.campaigns.models import Denominator
from mingtian.campaigns.rules import Mandate, Refusal
from mingtian.campaigns.tests.conftest import MANDATE, TITLES, Ground, spec
from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.people.actions import leave
from mingtian.people.models import Person
from mingtian.people.rules import Kin, PersonKind
from mingtian.testing.make import ACTOR, DAY, NOW, make_household, make_pupils

PUPIL, TEACHER = PersonKind.PUPIL, PersonKind.TEACHER


def frozen(ground: Ground) -> dict[tuple[int, int], int]:
    rows = Denominator.objects.filter(campaign=ground.campaign)
    return {(row.unit_id, row.kind): row.persons for row in rows}


def test_opening_freezes_rosters_by_counting_unit_and_kind(planned: Ground) -> None:
    planned.open()

    assert planned.campaign.state == "open"
    assert planned.campaign.opened_at == NOW
    assert frozen(planned) == {
        (planned.tree.class_one.pk, PUPIL): 3,
        (planned.tree.far_class.pk, PUPIL): 2,
        (planned.tree.teachers.pk, TEACHER): 2,
    }


def test_later_rosters_do_not_change_a_denominator(planned: Ground) -> None:
    planned.open()
    before = frozen(planned)
    make_pupils(planned.tree.class_two, 4)

    planned.open()

    assert frozen(planned) == before
    assert AuditEntry.objects.filter(action="campaigns.opened").count() == 1


def test_who_has_left_is_not_expected(planned: Ground) -> None:
    leaver = Person.objects.filter(unit=planned.tree.class_one).first()
    assert leaver is not None
    leave(person=leaver, on=DAY, actor=ACTOR, now=NOW)

    planned.open()

    assert frozen(planned)[planned.tree.class_one.pk, PUPIL] == 2


def test_relatives_of_an_earlier_campaign_are_not_expected(planned: Ground) -> None:
    child = Person.objects.filter(unit=planned.tree.class_one).first()
    assert child is not None
    make_household(child, kin=[Kin.MOTHER])

    planned.open()

    assert {kind for _unit, kind in frozen(planned)} == {PUPIL, TEACHER}


def test_only_the_kinds_of_the_campaign_are_expected(planned: Ground) -> None:
    planned.act("change_campaign", spec=spec(planned.tree, kinds=(PersonKind.TEACHER,)))

    planned.open()

    assert {kind for _unit, kind in frozen(planned)} == {TEACHER}


def test_units_outside_the_scope_are_not_expected(planned: Ground) -> None:
    narrow = actions.create_campaign(
        spec=spec(planned.tree, scope_id=planned.tree.county.pk), actor=ACTOR, now=NOW
    )
    county = Ground(tree=planned.tree, cast=planned.cast, campaign=narrow)
    county.act("set_mandate", mandate=MANDATE)
    county.act("plan_lectures", start=time(20), length=timedelta(hours=1), titles=TITLES)

    county.open()

    assert (planned.tree.far_class.pk, PUPIL) not in frozen(county)


def test_a_sector_committee_reaches_its_schools(planned: Ground) -> None:
    """ORG-3: a campaign of the education line."""
    counted = queries.rostered(planned.tree.county_education.pk, [PUPIL], DAY)

    assert [(row.kind, row.persons, row.units) for row in counted] == [(PUPIL, 3, 1)]


def remove_all(ground: Ground) -> None:
    for _each in TITLES:
        ground.act("remove_lecture", number=1)


def test_opening_without_lectures_is_refused(planned: Ground) -> None:
    remove_all(planned)

    with pytest.raises(RuleBroken, match=Refusal.NO_LECTURES):
        planned.open()


@pytest.mark.parametrize(
    ("mandate", "code"),
    [
        (Mandate(), Refusal.MANDATE_MISSING),
        (Mandate(issuer="某", number=1, year=DAY.year - 1, issued_on=DAY), Refusal.MANDATE_YEAR),
    ],
)
def test_opening_without_a_sound_mandate_is_refused(
    planned: Ground, mandate: Mandate, code: str
) -> None:
    """ORG-1."""
    planned.act("set_mandate", mandate=mandate)

    with pytest.raises(RuleBroken, match=code):
        planned.open()

    assert frozen(planned) == {}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"last_on": DAY + timedelta(days=6)}, Refusal.OUTSIDE_DAYS),
        ({"replay_until": NOW}, Refusal.REPLAY_TOO_SHORT),
        ({"kinds": (PersonKind.FIVE_OLD,)}, Refusal.AUDIENCE_EMPTY),
    ],
)
def test_opening_an_unsound_plan_is_refused(
    planned: Ground, changes: dict[str, Any], code: str
) -> None:
    planned.act("change_campaign", spec=spec(planned.tree, **changes))

    with pytest.raises(RuleBroken, match=code):
        planned.open()


def test_opening_with_overlapping_lectures_is_refused(planned: Ground) -> None:
    late = actions.LectureSpec(
        day=DAY, start=time(20, 30), length=timedelta(hours=1), title="又一讲"
    )
    planned.act("add_lecture", lecture=late)

    with pytest.raises(RuleBroken, match=Refusal.OVERLAP):
        planned.open()


def test_a_community_may_join_without_a_roster(planned: Ground) -> None:
    planned.act("change_campaign", spec=spec(planned.tree, kinds=(PersonKind.RESIDENT,)))

    planned.open()

    assert frozen(planned) == {}


def test_all_that_is_missing_is_told_at_once(bare: Ground) -> None:
    assert queries.opening_refusals(bare.campaign, DAY) == [
        Refusal.MANDATE_MISSING,
        Refusal.NO_LECTURES,
        # The village may join without a roster, so the audience is not empty.
    ]


def test_an_open_campaign_no_longer_changes(planned: Ground) -> None:
    planned.open()

    with pytest.raises(RuleBroken, match=Refusal.NOT_DRAFT):
        planned.act("set_mandate", mandate=MANDATE)


def test_closing_is_final(planned: Ground) -> None:
    planned.open()
    planned.act("close_campaign")
    planned.act("close_campaign")

    with pytest.raises(RuleBroken, match=Refusal.ALREADY_CLOSED):
        planned.open()
    assert AuditEntry.objects.filter(action="campaigns.closed").count() == 1


def test_a_draft_cannot_be_closed(planned: Ground) -> None:
    with pytest.raises(RuleBroken, match=Refusal.NOT_OPEN):
        planned.act("close_campaign")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "  "}, Refusal.NAME_MISSING),
        ({"last_on": DAY - timedelta(days=1)}, Refusal.DAYS_REVERSED),
        ({"kinds": ()}, Refusal.NO_KINDS),
        ({"needed_slots": 61}, Refusal.NEEDED_SLOTS),
        ({"needed_slots": 0}, Refusal.NEEDED_SLOTS),
    ],
)
def test_a_campaign_that_cannot_be_meant_is_refused(
    bare: Ground, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        actions.create_campaign(spec=spec(bare.tree, **changes), actor=ACTOR, now=NOW)


def test_lectures_are_numbered_as_they_begin(bare: Ground) -> None:
    def add(day: int, title: str) -> None:
        lecture = actions.LectureSpec(
            day=DAY + timedelta(days=day), start=time(20), length=timedelta(hours=1), title=title
        )
        bare.act("add_lecture", lecture=lecture)

    add(2, "丙")
    add(0, "甲")
    add(1, "乙")
    assert [(row.number, row.title) for row in queries.list_lectures(bare.campaign.pk)] == [
        (1, "甲"), (2, "乙"), (3, "丙"),
    ]  # fmt: skip

    bare.act("remove_lecture", number=1)
    assert [(row.number, row.title) for row in queries.list_lectures(bare.campaign.pk)] == [
        (1, "乙"), (2, "丙"),
    ]  # fmt: skip


def test_planning_needs_a_title_for_every_day(bare: Ground) -> None:
    with pytest.raises(RuleBroken) as refusal:
        bare.act("plan_lectures", start=time(20), length=timedelta(hours=1), titles=TITLES[:7])

    assert refusal.value.code == Refusal.TITLES_DIFFER
    assert refusal.value.facts == {"titles": 7, "days": 8}


def test_planning_twice_is_refused(planned: Ground) -> None:
    with pytest.raises(RuleBroken, match=Refusal.LECTURES_PLANNED):
        planned.act("plan_lectures", start=time(20), length=timedelta(hours=1), titles=TITLES)


def test_a_lecture_needs_a_title(bare: Ground) -> None:
    with pytest.raises(RuleBroken, match=Refusal.TITLE_MISSING):
        bare.act("plan_lectures", start=time(20), length=timedelta(hours=1), titles=[(" ", "")] * 8)


def test_removing_a_lecture_that_is_gone_is_refused(bare: Ground) -> None:
    with pytest.raises(RuleBroken, match=Refusal.LECTURE_UNKNOWN):
        bare.act("remove_lecture", number=1)


def test_current_and_next_lecture_follow_the_clock(planned: Ground) -> None:
    """Doors open ten minutes early; at 21:00 sharp the evening is over."""
    key = planned.campaign.pk

    def numbers(instant: datetime) -> tuple[int | None, int | None]:
        current = queries.current_lecture(key, instant)
        following = queries.next_lecture(key, instant)
        return current.number if current else None, following.number if following else None

    assert numbers(datetime(2023, 9, 18, 11, 49, 59, tzinfo=UTC)) == (None, 1)
    assert numbers(datetime(2023, 9, 18, 11, 50, tzinfo=UTC)) == (1, 2)
    assert numbers(datetime(2023, 9, 18, 12, 59, 59, tzinfo=UTC)) == (1, 2)
    assert numbers(datetime(2023, 9, 18, 13, 0, tzinfo=UTC)) == (None, 2)
    assert numbers(datetime(2023, 9, 25, 12, 0, tzinfo=UTC)) == (8, None)


def test_denominators_sum_over_a_subtree(planned: Ground) -> None:
    planned.open()

    def below(unit: Any) -> dict[int, int]:
        rows = queries.denominators(planned.campaign.pk, unit.pk, DAY)
        return {row.kind: row.persons for row in rows}

    assert below(planned.tree.city) == {PUPIL: 5, TEACHER: 2}
    assert below(planned.tree.school) == {PUPIL: 3, TEACHER: 2}
    assert below(planned.tree.far_school) == {PUPIL: 2}
    assert below(planned.tree.other_class) == {}
