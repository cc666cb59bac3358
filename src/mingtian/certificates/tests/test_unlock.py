"""Unlocking by rule, once each, also after corrections (CER-1, CER-2)."""

from datetime import timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from mingtian.certificates.actions.revoke import reissue, revoke
from mingtian.certificates.actions.rules import set_rule
from mingtian.certificates.actions.unlocking import (
    Settled,
    settle_class,
    settle_persons,
    unlock,
    unlock_persons,
)
from mingtian.certificates.models import Certificate, Portion, Round, Rule
from mingtian.certificates.queries.progress import progress_of
from mingtian.certificates.rules import Demand, Lock, Refusal, RevokedFor, is_serial
from mingtian.certificates.tests.conftest import AFTER, FULL, Series
from mingtian.core.errors import RuleBroken
from mingtian.people.models import Departed, Person
from mingtian.testing.cast import make_cast
from mingtian.testing.make import ACTOR, NOW

HALF = (1 << 30) - 1


def run(series: Series) -> int:
    return unlock(campaign=series.campaign, now=AFTER, actor=ACTOR)


def look_at(series: Series, person: Person) -> Settled:
    return settle_persons(campaign=series.campaign, person_ids=[person.pk], now=AFTER, actor=ACTOR)


def test_three_evenings_in_four_unlock_and_two_do_not(series: Series) -> None:
    keen, lazy, *_others = series.pupils
    series.attend(keen, [FULL, HALF, FULL])
    series.attend(lazy, [FULL, FULL])

    assert run(series) == 1
    made = Certificate.objects.get()
    assert (made.person, made.kind, made.unit_id) == (keen.pk, 1, keen.unit_id)
    assert is_serial(made.serial)


def test_when_everybody_has_one_another_call_is_cheap_and_leaves_no_trace(
    series: Series, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    series.attend(series.pupils[0], [FULL] * 4)

    assert run(series) == 1
    with django_assert_max_num_queries(15):
        assert run(series) == 0
    assert Round.objects.count() == 1


def test_before_so_many_evenings_have_ended_nobody_is_looked_at(series: Series) -> None:
    series.attend(series.pupils[0], [FULL] * 2)
    early = series.lectures[1].closes_at

    assert unlock(campaign=series.campaign, now=early, actor=ACTOR) == 0
    assert not Round.objects.exists()


def test_who_still_lacks_something_is_looked_at_again(series: Series) -> None:
    keen, late, *_others = series.pupils
    series.attend(keen, [FULL] * 4)
    series.attend(late, [FULL] * 2)

    assert run(series) == 1
    series.note(late, 3)
    assert run(series) == 1
    assert Round.objects.exclude(finished_at=None).count() == 2


def test_a_round_left_over_from_an_earlier_evening_is_followed_by_another(series: Series) -> None:
    pupil = series.pupils[0]
    series.attend(pupil, [FULL, None, FULL, FULL])
    killed = Round.objects.create(
        campaign_id=series.campaign.id, started_at=series.lectures[2].closes_at
    )
    Portion.objects.create(round=killed, first=pupil.pk, last=pupil.pk, done_at=NOW)

    assert run(series) == 1
    assert Round.objects.exclude(finished_at=None).count() == 2


def test_an_unfinished_round_is_taken_up_where_it_stopped(series: Series) -> None:
    series.attend(series.pupils[0], [FULL] * 4)
    run(series)
    Certificate.objects.all().delete()
    Round.objects.update(finished_at=None)
    Portion.objects.update(done_at=None)

    assert run(series) == 1
    assert Round.objects.count() == 1


def test_an_evening_under_way_does_not_count_yet(series: Series) -> None:
    series.attend(series.pupils[0], [FULL] * 3)
    during = series.lectures[2].ends_at - timedelta(minutes=1)

    assert unlock(campaign=series.campaign, now=during, actor=ACTOR) == 0
    assert run(series) == 1


def test_evenings_noted_by_hand_count_like_completed_ones(series: Series) -> None:
    series.note(series.pupils[0], 1, 2, 3)

    assert run(series) == 1


def test_a_rule_may_leave_out_notes_and_replays(series: Series) -> None:
    noted, replayed, live, *_others = series.pupils
    series.note(noted, 1, 2, 3, 4)
    series.attend(replayed, [None] * 4, [FULL] * 4)
    series.attend(live, [FULL] * 4)
    strict = Demand(evenings=3, replay_counts=False, by_hand_counts=False)
    office = make_cast(series.evening.tree).office
    set_rule(campaign=series.campaign, kind=1, demand=strict, reason="", user=office, now=NOW)

    assert run(series) == 1
    assert Certificate.objects.get().person == live.pk


def test_a_replay_makes_up_for_a_missed_evening(series: Series) -> None:
    series.attend(series.pupils[0], [FULL, FULL, None], [0, 0, FULL])

    assert run(series) == 1


def test_a_home_erased_in_the_middle_keeps_no_person(series: Series) -> None:
    mother = series.relative(series.pupils[0])
    series.attend(mother, [FULL] * 4)
    run(series)
    Person.objects.filter(pk=mother.pk).delete()

    assert run(series) == 0
    left = Certificate.objects.get()
    assert (left.person, left.revoked_for) == (None, RevokedFor.WITHDRAWN)


def test_who_has_taken_leave_gets_none(series: Series) -> None:
    pupil = series.pupils[0]
    series.attend(pupil, [FULL] * 4)
    Departed.objects.create(person=pupil.pk, household=1, at=NOW)

    assert run(series) == 0


def test_the_note_that_completes_it_unlocks_it(series: Series) -> None:
    pupil = series.pupils[0]
    series.attend(pupil, [FULL, FULL])

    assert look_at(series, pupil).unlocked == 0
    series.note(pupil, 3)
    assert look_at(series, pupil).unlocked == 1
    assert look_at(series, pupil).unlocked == 0


def test_a_note_undone_takes_the_certificate_back_and_a_new_note_gives_another(
    series: Series,
) -> None:
    pupil = series.pupils[0]
    series.attend(pupil, [FULL, FULL])
    [note] = series.note(pupil, 3)
    assert look_at(series, pupil).unlocked == 1

    note.undone_at = AFTER
    note.save(update_fields=["undone_at"])
    assert look_at(series, pupil).revoked == 1
    assert Certificate.objects.get().revoked_for == RevokedFor.CORRECTION
    [progress] = progress_of([pupil.pk], series.campaign, AFTER)
    assert (progress.serial, progress.revoked, progress.locks) == (
        "",
        "correction",
        (Lock.EVENINGS,),
    )

    series.note(pupil, 4)
    assert look_at(series, pupil).unlocked == 1
    assert Certificate.objects.filter(revoked_at=None).count() == 1


def test_a_note_undone_after_the_pupil_changed_class_still_takes_it_back(series: Series) -> None:
    pupil = series.pupils[0]
    series.attend(pupil, [FULL, FULL])
    former, campaign = pupil.unit_id, series.campaign.id
    [note] = series.note(pupil, 3)
    settle = partial(settle_class, campaign_id=campaign, unit_id=former, now=AFTER, actor=ACTOR)
    assert settle().unlocked == 1

    Person.objects.filter(pk=pupil.pk).update(unit=series.evening.tree.class_two)
    note.undone_at = AFTER
    note.save(update_fields=["undone_at"])

    assert settle().revoked == 1


def test_an_undoing_that_was_cut_off_is_settled_by_the_next_unlocking(series: Series) -> None:
    pupil = series.pupils[0]
    series.attend(pupil, [FULL, FULL])
    [note] = series.note(pupil, 3)
    assert run(series) == 1
    note.undone_at = AFTER
    note.save(update_fields=["undone_at"])

    assert run(series) == 0
    assert Certificate.objects.get().revoked_for == RevokedFor.CORRECTION


def test_a_stricter_rule_later_takes_nothing_back(series: Series) -> None:
    pupil = series.pupils[0]
    series.attend(pupil, [FULL] * 3)
    run(series)
    office = make_cast(series.evening.tree).office
    demand = Demand(evenings=4)
    with pytest.raises(RuleBroken, match=Refusal.REASON_MISSING):
        set_rule(
            campaign=series.campaign, kind=1, demand=demand, reason=" ", user=office, now=AFTER
        )
    changed = set_rule(
        campaign=series.campaign, kind=1, demand=demand, reason="会议决定", user=office, now=AFTER
    )

    settled = look_at(series, pupil)
    assert changed
    assert (settled.revoked, settled.unlocked) == (0, 0)
    assert Rule.objects.filter(kind=1).count() == 2


def test_one_taken_back_by_hand_comes_again_only_by_hand(series: Series) -> None:
    series.attend(series.pupils[0], [FULL] * 4)
    run(series)
    serial = Certificate.objects.get().serial
    assert revoke(serial=serial, reason=RevokedFor.IN_ERROR, actor=ACTOR, now=AFTER)
    assert not revoke(serial=serial, reason=RevokedFor.IN_ERROR, actor=ACTOR, now=AFTER)

    assert run(series) == 0
    again = reissue(serial=serial, actor=ACTOR, now=AFTER)
    assert again != serial
    with pytest.raises(RuleBroken, match=Refusal.STILL_VALID):
        reissue(serial=serial, actor=ACTOR, now=AFTER)
    with pytest.raises(RuleBroken, match=Refusal.UNKNOWN):
        revoke(serial="0" * 16, reason=RevokedFor.IN_ERROR, actor=ACTOR, now=AFTER)
    with pytest.raises(RuleBroken, match=Refusal.PERSON_GONE):
        reissue(serial="0" * 16, actor=ACTOR, now=AFTER)


def test_a_rule_that_cannot_be_met_or_asks_nothing_is_refused(series: Series) -> None:
    office = make_cast(series.evening.tree).office
    for kind, demand, refusal in (
        (1, Demand(evenings=5), Refusal.RULE_TOO_HIGH),
        (1, Demand(evenings=1, slots=241), Refusal.RULE_TOO_HIGH),
        (1, Demand(evenings=0), Refusal.RULE_EMPTY),
        (7, Demand(evenings=1), Refusal.KIND_UNKNOWN),
    ):
        with pytest.raises(RuleBroken, match=refusal):
            set_rule(
                campaign=series.campaign, kind=kind, demand=demand, reason="", user=office, now=NOW
            )


MAPS = st.sampled_from([0, 1, (1 << 39) - 1, (1 << 40) - 1, FULL, FULL ^ 0b1010])
NIGHTS = st.lists(st.tuples(st.none() | MAPS, MAPS, st.booleans()), min_size=0, max_size=4)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    nights=NIGHTS,
    asked=st.builds(
        Demand, evenings=st.integers(1, 4), slots=st.integers(0, 240),
        completed=st.integers(0, 4), replay_counts=st.booleans(), by_hand_counts=st.booleans(),
    ),
)  # fmt: skip
def test_sql_and_python_agree_on_who_has_earned_it(
    series: Series, nights: list[tuple[int | None, int, bool]], asked: Demand
) -> None:
    pupil = Person.objects.create(unit=series.evening.tree.class_one, kind=1, created_at=NOW)
    series.attend(pupil, [live for live, _, _ in nights], [replay for _, replay, _ in nights])
    series.note(pupil, *[at for at, night in enumerate(nights, start=1) if night[2]])
    Rule.objects.filter(campaign_id=series.campaign.id).delete()
    Rule.objects.create(
        campaign_id=series.campaign.id, kind=1, evenings=asked.evenings, slots=asked.slots,
        completed=asked.completed, replay_counts=asked.replay_counts,
        by_hand_counts=asked.by_hand_counts, set_at=NOW,
    )  # fmt: skip
    [told] = progress_of([pupil.pk], series.campaign, AFTER)

    made = unlock_persons(campaign=series.campaign, person_ids=[pupil.pk], now=AFTER, actor=ACTOR)

    assert (made == 1) is told.waits
    Certificate.objects.filter(person=pupil.pk).delete()
