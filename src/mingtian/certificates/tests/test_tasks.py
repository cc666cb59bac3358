"""Certificates come by themselves: at a lecture's end, and by night for replays (CER-1)."""

from datetime import timedelta

from pytest_django import DjangoAssertNumQueries

from mingtian.certificates.models import Certificate
from mingtian.certificates.tasks import unlock_what_lectures_complete, unlock_what_replays_complete
from mingtian.certificates.tests.conftest import FULL, Series


def test_the_lecture_that_completes_it_unlocks_the_certificate_at_its_end(series: Series) -> None:
    series.attend(series.pupils[0], [FULL, FULL, FULL])
    third = series.lectures[2]

    unlock_what_lectures_complete(third.ends_at - timedelta(seconds=1))
    assert not Certificate.objects.exists()

    unlock_what_lectures_complete(third.ends_at)
    unlock_what_lectures_complete(third.ends_at)
    assert Certificate.objects.get().person == series.pupils[0].pk


def test_phones_that_come_late_complete_it_when_the_lecture_closes(series: Series) -> None:
    third = series.lectures[2]
    series.attend(series.pupils[0], [FULL, FULL])
    unlock_what_lectures_complete(third.ends_at)
    series.attend(series.pupils[0], [None, None, FULL])

    unlock_what_lectures_complete(third.closes_at + timedelta(minutes=59))

    assert Certificate.objects.count() == 1


def test_between_the_evenings_a_tick_asks_little(
    series: Series, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(2):
        unlock_what_lectures_complete(series.lectures[2].ends_at - timedelta(hours=2))


def test_the_night_makes_up_for_ticks_that_never_came(series: Series) -> None:
    series.attend(series.pupils[0], [FULL, FULL, FULL])

    unlock_what_replays_complete(series.lectures[2].ends_at + timedelta(hours=6))

    assert Certificate.objects.count() == 1
