"""Uploads wait sealed for their commit, once, and never longer than their time."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from mingtian.core.errors import RuleBroken
from mingtian.org.actions import close_unit
from mingtian.org.queries import unit_rows
from mingtian.people.actions import (
    commit_batch,
    drop_expired_batches,
    open_batch,
    preview_batch,
)
from mingtian.people.models import Person, RosterBatch
from mingtian.people.rosters.plan import Options
from mingtian.testing.cast import make_cast
from mingtian.testing.make import ACTOR, DAY, NOW, Tree, make_tree
from mingtian.testing.roster_files import workbook

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


def opened(tree: Tree, uploader: User) -> RosterBatch:
    return open_batch(
        uploader=uploader,
        under=unit_rows([tree.class_one.pk], DAY)[tree.class_one.pk],
        file_name="名册.xlsx",
        content=workbook([[1, "林小满"]], ["座号", "姓名"]),
        options=Options(),
        now=NOW,
    )


def test_an_upload_can_be_committed_once() -> None:
    tree = make_tree()
    batch = opened(tree, make_cast(tree).teacher)
    commit_batch(batch=batch, actor=ACTOR, now=NOW)

    with pytest.raises(RuleBroken) as refused:
        commit_batch(batch=batch, actor=ACTOR, now=NOW)

    assert refused.value.code == "batch_gone"
    assert Person.objects.count() == 1


def test_an_upload_for_a_class_that_has_closed_is_gone() -> None:
    tree = make_tree()
    batch = opened(tree, make_cast(tree).teacher)
    close_unit(unit=tree.class_one, on=DAY, actor=ACTOR, now=NOW)

    with pytest.raises(RuleBroken, match="batch_gone"):
        preview_batch(batch=batch, now=NOW)


def test_a_second_upload_of_one_person_replaces_the_first() -> None:
    tree = make_tree()
    cast = make_cast(tree)
    first, others = opened(tree, cast.teacher), opened(tree, cast.principal)

    second = opened(tree, cast.teacher)

    assert set(RosterBatch.objects.all()) == {others, second}
    assert first not in RosterBatch.objects.all()


def test_expired_uploads_are_deleted() -> None:
    tree = make_tree()
    opened(tree, make_cast(tree).teacher)

    assert drop_expired_batches(now=LATER - timedelta(seconds=1)) == 0
    assert drop_expired_batches(now=LATER) == 1
    assert not RosterBatch.objects.exists()
