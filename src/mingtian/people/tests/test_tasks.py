"""What is looked after by itself: expired uploads and ended sessions go, the rest stays."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from mingtian.core import clock
from mingtian.org.queries import unit_rows
from mingtian.people.actions import open_batch
from mingtian.people.models import RosterBatch
from mingtian.people.rosters.plan import Options
from mingtian.people.tasks import delete_ended_sessions, delete_expired_uploads
from mingtian.testing.cast import make_cast
from mingtian.testing.make import DAY, make_tree
from mingtian.testing.roster_files import workbook

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("minutes_ago", "left"), [(59, 1), (61, 0)])
def test_an_upload_is_deleted_once_its_hour_is_over(minutes_ago: int, left: int) -> None:
    tree = make_tree()
    open_batch(
        uploader=make_cast(tree).teacher,
        under=unit_rows([tree.class_one.pk], DAY)[tree.class_one.pk],
        file_name="名册.xlsx",
        content=workbook([[1, "林小满"]], ["座号", "姓名"]),
        options=Options(),
        now=clock.now() - timedelta(minutes=minutes_ago),
    )

    delete_expired_uploads(clock.now())

    assert RosterBatch.objects.count() == left


@pytest.mark.parametrize(("seconds_left", "kept"), [(60, 1), (-60, 0)])
def test_a_session_that_has_ended_is_deleted(seconds_left: int, kept: int) -> None:
    session = SessionStore()
    session.set_expiry(clock.now() + timedelta(seconds=seconds_left))
    session.save()

    delete_ended_sessions(clock.now())

    assert Session.objects.count() == kept
