"""What ends by itself: sight and pairs, with the last day, the consent, the file, the post (AID-2)."""

from datetime import timedelta

import pytest

from mingtian.children.access import get_child_for, get_child_to_settle
from mingtian.children.actions import close_file, move, settle, withdraw_consent
from mingtian.children.queries import list_consents
from mingtian.children.queries.parts import list_far
from mingtian.children.rules import Closing
from mingtian.org.models import Post
from mingtian.org.rules import Role
from mingtian.pairs import actions, queries
from mingtian.pairs.models import Duty, Pair
from mingtian.pairs.rules import Ending, State
from mingtian.pairs.tests.conftest import Scene, arrange, at, refused, tell, told
from mingtian.testing.cast import make_staff
from mingtian.testing.make import DAY, NOW
from mingtian.vault.access import enter, keep
from mingtian.vault.rules import Purpose


def test_without_consent_or_after_it_was_taken_back_nobody_is_paired(scene: Scene) -> None:
    pair = scene.pair()
    with enter(scene.worker, now=NOW, purpose=Purpose.RIGHTS) as door:
        (consent,) = list_consents(scene.child.id)
        withdraw_consent(door, scene.child.id, consent.public_id)
    with refused("children_consent_withdrawn"):
        scene.pair(scene.second)
    with refused("children_consent_withdrawn"):
        tell(scene.helper, pair, told())

    assert actions.settle(now=NOW, actor="system:test") == 1
    assert actions.settle(now=NOW, actor="system:test") == 0
    with enter(scene.helper, now=NOW, purpose=Purpose.HELPING) as door:
        assert queries.list_pairs(door).number == 0
        assert door.parts(scene.child.id) == frozenset()
    with enter(scene.worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        (row,) = queries.list_pairs(door, show=State.ENDED).rows
        assert row.ended_for is Ending.CONSENT


def test_sight_ends_with_the_last_day_agreed(scene: Scene) -> None:
    pair = scene.pair(until=DAY + timedelta(days=10))
    seen = []
    for now in (at(DAY + timedelta(days=10), 23), at(DAY + timedelta(days=11), 0)):
        with enter(scene.helper, now=now, purpose=Purpose.HELPING) as door:
            seen.append(queries.list_pairs(door).number)
    assert seen == [1, 0]
    arrange(scene, pair, actions.set_rhythm, rhythm=7, until=DAY + timedelta(days=20))
    with enter(scene.helper, now=at(DAY + timedelta(days=15)), purpose=Purpose.HELPING) as door:
        assert queries.list_pairs(door).number == 1
    over = at(DAY + timedelta(days=21))
    assert actions.settle(now=over, actor="system:test") == 1
    with refused("pair_until_past"):
        scene.pair(scene.second, until=DAY - timedelta(days=1))
    with refused("pair_rhythm"):
        scene.pair(scene.second, rhythm=0)


def test_a_pair_ends_with_the_file_and_not_before(scene: Scene) -> None:
    pair = scene.pair()
    assert actions.settle(now=NOW, actor="system:test") == 0
    with enter(scene.worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        close_file(door, get_child_for(door, scene.child.public_id), Closing.GROWN_UP)
    assert actions.settle(now=NOW, actor="system:test") == 1
    assert actions.settle(now=NOW, actor="system:test") == 0
    with keep("look"):
        assert Pair.objects.get(pk=pair.pk).ended_for == Ending.FILE_CLOSED


def test_a_helper_without_a_post_helps_nobody(scene: Scene) -> None:
    scene.pair()
    Post.objects.filter(user=scene.helper).update(ends_on=DAY)
    assert actions.settle(now=NOW, actor="system:test") == 1
    with enter(scene.helper, now=NOW, purpose=Purpose.HELPING) as door:
        assert door.parts(scene.child.id) == frozenset()


@pytest.mark.parametrize("stays", [True, False])
def test_after_a_move_the_new_place_ends_a_duty_or_lets_it_go_on(scene: Scene, stays: bool) -> None:
    """The pair stays and waits for another helper; nothing of it ends by itself."""
    pair = scene.pair()
    office = make_staff("new office", scene.tree.far_county, Role.OFFICE)
    with enter(scene.worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        row = get_child_for(door, scene.child.public_id)
        move(door, row, unit_id=scene.tree.far_county.pk, school_id=None)
    assert actions.settle(now=NOW, actor="system:test") == 0
    with enter(office, now=NOW, purpose=Purpose.CASE_WORK) as door:
        row = get_child_to_settle(door, scene.child.public_id)
        (far,) = list_far(door, row.id)
        settle(door, row, {far.key: stays})
        assert list_far(door, row.id) == []
    with keep("look"):
        duty = Duty.objects.get(pair=pair)
        assert Pair.objects.get().ended_at is None
    assert (duty.ends_at, duty.ended_for) == (None, "") if stays else (NOW, Ending.CHILD_GONE)
    with enter(scene.helper, now=NOW, purpose=Purpose.HELPING) as door:
        assert queries.list_pairs(door).number == int(stays)
