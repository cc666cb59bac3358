"""What a family reads about its certificates, in constant queries and in words (CER-1)."""

from datetime import datetime, timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from mingtian.certificates.actions.revoke import revoke
from mingtian.certificates.actions.unlocking import unlock
from mingtian.certificates.models import Certificate
from mingtian.certificates.pages import progress_in_words, shown_progress
from mingtian.certificates.queries import progress_of
from mingtian.certificates.rules import Lock, RevokedFor
from mingtian.certificates.tests.conftest import AFTER, FULL, Series
from mingtian.testing.make import ACTOR, NOW


def words(series: Series, *, at: datetime = AFTER, left: bool = False) -> list[str]:
    """Return what the first pupil reads; replays can be watched for twenty days."""
    [row] = progress_of([series.pupils[0].pk], series.campaign, at)
    with translation.override("en"):
        return progress_in_words(row, left=left)


def test_before_the_first_evening_nothing_is_recorded(series: Series) -> None:
    [row] = progress_of([series.pupils[0].pk], series.campaign, NOW)

    assert (row.locks, row.ended, row.evenings) == ((Lock.NOT_BEGUN,), 0, 4)
    assert words(series, at=NOW) == ["Nothing is recorded yet."]
    assert words(series) == [
        "Nothing is recorded yet.",
        "A missed evening can be made up with its replay.",
    ]


def test_what_is_missing_is_counted(series: Series) -> None:
    series.attend(series.pupils[0], [(1 << 10) - 1])

    [row] = progress_of([series.pupils[0].pk], series.campaign, AFTER)

    assert (row.reached.evenings, row.reached.slots) == (1, 10)
    assert words(series)[:2] == ["2 evenings are still missing.", "50 slots are still missing."]


def test_after_the_last_day_of_replays_nobody_is_sent_to_them(series: Series) -> None:
    series.attend(series.pupils[0], [FULL])

    assert words(series)[-1] == "A missed evening can be made up with its replay."
    assert words(series, at=NOW + timedelta(days=21))[-1].startswith(
        "The evenings left are too few"
    )


def test_who_has_withdrawn_is_not_told_to_wait(series: Series) -> None:
    series.attend(series.pupils[0], [FULL] * 3)

    assert words(series, left=True) == [
        "Everything is there. It is unlocked when somebody of this home agrees again."
    ]


def test_after_a_correction_everything_there_waits_again(series: Series) -> None:
    series.attend(series.pupils[0], [FULL] * 3)
    unlock(campaign=series.campaign, now=AFTER, actor=ACTOR)
    serial = Certificate.objects.get().serial
    revoke(serial=serial, reason=RevokedFor.CORRECTION, actor=ACTOR, now=AFTER)

    assert words(series) == ["Everything is there. The certificate appears here within a day."]
    assert unlock(campaign=series.campaign, now=AFTER, actor=ACTOR) == 1


def test_everything_there_waits_for_the_unlocking_and_then_is_unlocked(series: Series) -> None:
    series.attend(series.pupils[0], [FULL] * 3)
    assert words(series) == ["Everything is there. The certificate appears here within a day."]

    unlock(campaign=series.campaign, now=AFTER, actor=ACTOR)
    [row] = progress_of([series.pupils[0].pk], series.campaign, AFTER + timedelta(1))
    assert row.unlocked
    assert words(series) == []


def test_a_revoked_one_says_why(series: Series) -> None:
    series.attend(series.pupils[0], [FULL] * 3)
    unlock(campaign=series.campaign, now=AFTER, actor=ACTOR)
    serial = Certificate.objects.get().serial
    revoke(serial=serial, reason=RevokedFor.IN_ERROR, actor=ACTOR, now=AFTER)

    assert "issued in error" in words(series)[0]
    rows = progress_of([series.pupils[0].pk], series.campaign, AFTER)
    shown = shown_progress(rows, names={}, address="/my/certificates")
    part = render_to_string("certificates/my.html", {"certificates": shown})
    assert 'data-certificate="revoked"' in part
    assert "<progress" not in part


def test_a_whole_home_takes_as_many_queries_as_one_person(
    series: Series, django_assert_num_queries: object
) -> None:
    everybody = [pupil.pk for pupil in series.pupils]
    for persons in (everybody[:1], everybody):
        with django_assert_num_queries(5):  # type: ignore[operator]
            progress_of(persons, series.campaign, AFTER)


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Certificate (PDF)"), ("zh-hans", "证书（PDF）")]
)
def test_the_part_for_the_family_page_shows_progress_and_files(
    series: Series, language: str, word: str
) -> None:
    mother = series.relative(series.pupils[0])
    series.attend(mother, [FULL] * 3)
    series.attend(series.pupils[0], [FULL])
    unlock(campaign=series.campaign, now=AFTER, actor=ACTOR)
    rows = progress_of([series.pupils[0].pk, mother.pk], series.campaign, AFTER)

    with translation.override(language):
        shown = shown_progress(rows, names={series.pupils[0].pk: "1号"}, address="/my/certificates")
        part = render_to_string("certificates/my.html", {"certificates": shown})

    serial = Certificate.objects.get().serial
    assert f"/my/certificates/{serial}.pdf" in part
    assert word in part
    assert "1号" in part
    assert 'data-certificate="locked"' in part
