"""Pictures are taken only where they are wanted, sealed, seen by nobody else, and soon gone."""

from datetime import timedelta

import pytest

from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org.queries import UnitRow, unit_rows
from mingtian.screenshots import actions, queries
from mingtian.screenshots.models import Picture
from mingtian.screenshots.rules import KEPT_AFTER_CLOSING, Refusal
from mingtian.screenshots.tasks import delete_expired_pictures
from mingtian.screenshots.tests.conftest import DURING, Scene, drawn, encoded
from mingtian.testing.evening import STARTS
from mingtian.testing.make import ACTOR, DAY, NOW, make_household, make_pupils, make_teachers

UPLOAD = encoded(drawn())
CLOSES = STARTS + timedelta(hours=16)


def tally(scene: Scene, unit: UnitRow, pictures: list[str]) -> int:
    return actions.finish_tally(
        unit=unit, campaign=scene.campaign.public_id, lecture_number=1, pictures=pictures,
        actor=ACTOR, now=DURING,
    )  # fmt: skip


def test_without_a_decision_of_the_office_nothing_is_taken(scene: Scene) -> None:
    with pytest.raises(RuleBroken) as caught:
        scene.send(UPLOAD)

    assert caught.value.code == Refusal.OFF
    assert queries.uploads_open(
        campaign_id=scene.evening.campaign.pk, household_id=scene.home.pk, now=DURING
    ) == []  # fmt: skip


def test_a_picture_is_kept_sealed_and_opens_again(on: Scene) -> None:
    assert on.send(UPLOAD) == 1

    kept = Picture.objects.get()
    assert b"JFIF" not in bytes(kept.content_sealed)
    assert actions.open_picture(kept).startswith(b"\xff\xd8")
    assert kept.unit == on.evening.tree.class_one
    assert kept.delete_at == on.evening.lecture.closes_at + KEPT_AFTER_CLOSING


def test_a_second_picture_takes_the_place_of_the_first(on: Scene) -> None:
    on.send(UPLOAD)
    before = Picture.objects.get()

    on.send(encoded(drawn(mark=3)), now=DURING + timedelta(minutes=1))

    after = Picture.objects.get()
    assert bytes(after.fingerprint) != bytes(before.fingerprint)
    assert after.public_id != before.public_id


def test_a_home_with_children_in_two_classes_sends_to_both(on: Scene) -> None:
    [sister] = make_pupils(on.evening.tree.far_class, ["林晨"])
    sister.household = on.home
    sister.save(update_fields=["household"])

    assert on.send(UPLOAD) == 2
    assert set(Picture.objects.values_list("unit", flat=True)) == {
        on.evening.tree.class_one.pk,
        on.evening.tree.far_class.pk,
    }


@pytest.mark.parametrize(
    ("instant", "lecture", "refusal"),
    [
        (STARTS - timedelta(seconds=1), 1, Refusal.TOO_EARLY),
        (CLOSES, 1, Refusal.TOO_LATE),
        (DURING, 2, Refusal.NO_LECTURE),
    ],
)
def test_outside_the_evening_nothing_is_taken(
    on: Scene, instant: object, lecture: int, refusal: Refusal
) -> None:
    with pytest.raises(RuleBroken) as caught:
        on.send(UPLOAD, now=instant, lecture=lecture)  # type: ignore[arg-type]

    assert caught.value.code == refusal


def test_a_home_without_a_pupil_has_nobody_to_send_to(on: Scene) -> None:
    home = make_household(*make_teachers(on.evening.tree.teachers, 1))
    sender = actions.Sender(campaign_id=on.evening.campaign.pk, household_id=home.pk)

    with pytest.raises(RuleBroken) as caught:
        actions.send_picture(sender=sender, lecture_number=1, upload=UPLOAD, now=DURING)

    assert caught.value.code == Refusal.NO_CLASS


def test_the_office_reads_the_rule_before_it_switches_on(scene: Scene) -> None:
    with pytest.raises(RuleBroken) as caught:
        actions.switch_on(campaign=scene.campaign, rule_read=False, actor=ACTOR, now=NOW)

    assert caught.value.code == Refusal.RULE_UNREAD
    assert not queries.switch_of(scene.evening.campaign.pk).on


def test_a_campaign_that_is_over_is_not_switched_on(scene: Scene) -> None:
    scene.evening.campaign.state = "closed"
    scene.evening.campaign.save(update_fields=["state"])

    with pytest.raises(RuleBroken) as caught:
        actions.switch_on(campaign=scene.campaign, rule_read=True, actor=ACTOR, now=NOW)

    assert caught.value.code == Refusal.CAMPAIGN_OVER


def test_switching_off_deletes_what_there_is_and_leaves_a_trail(on: Scene) -> None:
    on.send(UPLOAD)

    assert actions.switch_off(campaign=on.campaign, actor=ACTOR, now=DURING) == 1

    assert not Picture.objects.exists()
    trail = AuditEntry.objects.filter(action__startswith="screenshots.").order_by("pk")
    assert [entry.action for entry in trail] == [
        "screenshots.switched_on", "screenshots.switched_off", "screenshots.deleted",
    ]  # fmt: skip


def test_the_tally_deletes_the_pictures_of_that_class_and_evening_only(on: Scene) -> None:
    [sister] = make_pupils(on.evening.tree.far_class, ["林晨"])
    sister.household = on.home
    sister.save(update_fields=["household"])
    on.send(UPLOAD)
    unit = unit_rows([on.evening.tree.class_one.pk], DAY)[on.evening.tree.class_one.pk]

    deleted = tally(on, unit, list(Picture.objects.values_list("public_id", flat=True)))

    assert deleted == 1
    assert Picture.objects.get().unit == on.evening.tree.far_class


def test_a_picture_that_came_while_the_teacher_looked_stays(on: Scene) -> None:
    on.send(UPLOAD)
    unit = unit_rows([on.evening.tree.class_one.pk], DAY)[on.evening.tree.class_one.pk]
    shown = Picture.objects.get().public_id
    on.send(encoded(drawn(mark=3)), now=DURING + timedelta(minutes=1))

    assert tally(on, unit, [shown]) == 0
    assert Picture.objects.count() == 1


@pytest.mark.parametrize(("past", "left"), [(timedelta(seconds=-1), 1), (timedelta(0), 0)])
def test_a_picture_is_gone_48_hours_after_the_closing(
    on: Scene, past: timedelta, left: int
) -> None:
    on.send(UPLOAD)
    instant = on.evening.lecture.closes_at + timedelta(hours=48) + past

    assert len(queries.list_evenings(on.evening.tree.class_one.pk, instant)) == left
    delete_expired_pictures(instant)

    assert Picture.objects.count() == left


def test_alike_pictures_of_a_class_are_marked_with_each_others_number(on: Scene) -> None:
    homes = [make_household(on.evening.pupils[number]) for number in (4, 5, 6)]
    for place, (home, mark) in enumerate(zip(homes, (1, 2, 1), strict=True)):
        sender = actions.Sender(campaign_id=on.evening.campaign.pk, household_id=home.pk)
        actions.send_picture(
            sender=sender,
            lecture_number=1,
            upload=encoded(drawn(mark=mark)),
            now=DURING + timedelta(minutes=place),
        )

    [evening] = queries.list_evenings(on.evening.tree.class_one.pk, DURING)

    assert [one.alike for one in evening.pictures] == [(3,), (), (1,)]


def test_a_family_sees_and_forgets_what_is_kept(on: Scene) -> None:
    on.send(UPLOAD)
    persons = [on.evening.pupils[0].pk]
    stranger = [on.evening.pupils[5].pk]

    [kept] = queries.kept_about(persons)
    assert kept.what == "screenshot"
    assert kept.facts["day"] == "2023-09-18"
    assert queries.kept_about(stranger) == []

    assert actions.forget(stranger, now=DURING, actor=ACTOR) == 0
    assert actions.forget(persons, now=DURING, actor=ACTOR) == 1
    assert not Picture.objects.exists()
