"""How the intake reads and writes many at once: every row by its key, whatever else is stored."""

from typing import Any

import pytest
from django.db import transaction

from mingtian.comments.intake.service import QUERIES
from mingtian.comments.models import Comment
from mingtian.comments.rules import MOST_A_LECTURE
from mingtian.comments.tests.conftest import TalkPath, enter, new_key
from mingtian.testing.evening import Evening
from mingtian.testing.plans import tables_read_whole, vacuum

BY_BATCH = ("say", "absent", "like", "own")
"""Statements that look up the people of a batch."""


@pytest.mark.parametrize("name", BY_BATCH)
def test_no_batch_reads_a_table_from_end_to_end(db: None, name: str) -> None:
    """The plan is made while the tables are empty, and kept all evening."""
    assert tables_read_whole(QUERIES[name]) == []


@pytest.mark.parametrize("name", BY_BATCH)
def test_nor_does_one_whose_plan_was_made_after_the_last_campaign_was_deleted(
    transactional_db: None, name: str
) -> None:
    vacuum()
    with transaction.atomic():
        assert tables_read_whole(QUERIES[name]) == []


def test_a_message_twice_in_one_batch_takes_one_of_the_five(
    hot: TalkPath, evening: Evening, home: str
) -> None:
    one = {"seat": home, "lecture": evening.lecture.pk, "person": 0, "phrase": 1}
    message, *others = [one | {"key": new_key()} for _ in range(MOST_A_LECTURE)]

    first = hot.post_all("/say", [message, message, *others])
    again = hot.post_all("/say", [message, *others])

    assert {answer.status for answer in [*first, *again]} == {200}
    assert Comment.objects.count() == MOST_A_LECTURE


def test_who_begins_to_speak_in_the_same_moment_is_looked_up_together(
    hot: TalkPath, evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    execute = hot.talk.look_ups.execute

    async def noted(name: str, values: dict[str, object]) -> Any:
        asked.append(name)
        return await execute(name, values)

    monkeypatch.setattr(hot.talk.look_ups, "execute", noted)
    seats = [enter(hot, evening, child) for child in range(3)]
    bodies = [
        {"seat": seat, "lecture": evening.lecture.pk, "person": 0, "phrase": 1, "key": new_key()}
        for seat in seats
    ]

    answers = hot.post_all("/say", bodies)

    assert {answer.status for answer in answers} == {200}
    assert set(Comment.objects.values_list("house", flat=True)) == {evening.tree.school.pk}
    assert asked.count("houses") == 1
