"""While the lecture is on the air nobody is promised a reminder before it."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from mingtian.prompts.tests.conftest import HALF_PAST, Night
from mingtian.testing.evening import STARTS


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (HALF_PAST - timedelta(hours=1), "Half an hour before the lecture"),
        (STARTS + timedelta(minutes=5), "The lecture is on the air"),
        (STARTS + timedelta(hours=2), "This evening is over"),
    ],
)
def test_a_school_without_prompts_is_told_how_it_stands(
    client: Client, night: Night, monkeypatch: pytest.MonkeyPatch, now: datetime, told: str
) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: now)
    client.force_login(night.cast.principal)
    lecture, school = night.evening.lecture.pk, night.evening.tree.school.public_id

    reply = client.get(f"/desk/prompts/{lecture}/{school}", headers={"accept-language": "en"})

    said = ("Half an hour before the lecture", "The lecture is on the air", "This evening is over")
    assert [words for words in said if words in reply.content.decode()] == [told]
