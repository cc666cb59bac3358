"""The whole scenario at 1/100: every page of the committee's day has something to show."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from scenarios.suihua.city import City, Options
from scenarios.suihua.doing import Doing
from scenarios.suihua.play import play
from scenarios.suihua.register import ANDA

from mingtian.bulletins.models import Bulletin
from mingtian.closings.models import Correction
from mingtian.core.clock import now
from mingtian.documents.models import Document, Receipt
from mingtian.groups.models import Acknowledgement, Entry, Group, Robot
from mingtian.meetings.models import FollowUp, Meeting, Talk
from mingtian.readiness.models import Checklist, Pilot, PilotFamily, Sheet, Swap, Turn
from mingtian.staff.models import Invitation
from mingtian.supervision.models import Alert, ContactTask, Ticket, Visit

TODAY = date(2023, 9, 25)
NOW = datetime(2023, 9, 25, 6, 0, tzinfo=UTC)
ACTOR = "system:test"
FILLED = (
    Acknowledgement, Bulletin, Correction, Document, Entry, FollowUp, Invitation, Meeting, Pilot,
    PilotFamily, Sheet, Swap, Talk, Turn,
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: Any) -> Iterator[City]:
    """The city on the afternoon of its last evening."""
    options = Options(password="dawn", scale=Fraction(1, 100), seed=1)
    with django_db_blocker.unblock(), transaction.atomic():
        yield play(options=options, today=TODAY, actor=ACTOR, now=NOW)
        transaction.set_rollback(True)


def test_nothing_of_the_committee_s_day_is_without_an_example(city: City) -> None:
    assert [model.__name__ for model in FILLED if not model.objects.exists()] == []
    assert {ticket.state for ticket in Ticket.objects.all()} == {"open", "answered", "closed"}
    assert set(Visit.objects.values_list("kind", flat=True)) == {"comprehensive", "helping"}
    assert not Robot.objects.exists()


def test_the_class_that_stayed_away_became_a_fall_a_call_and_a_ticket(city: City) -> None:
    school = city.units[city.plan.shangjia.key]

    alert = Alert.objects.get(unit_id=school)
    assert alert.value < alert.low
    assert alert.task is not None
    assert alert.task.cause == "network"
    assert Ticket.objects.get(task=alert.task).about_id == school
    assert ContactTask.objects.filter(why="silent").exists()


def test_the_notice_went_down_to_schools(city: City) -> None:
    """F1: the notice cites No. 20."""
    notice = Document.objects.get(genre="notice", state="issued")
    assert "20号" in notice.parent_number
    received = Receipt.objects.filter(document=notice)
    assert received.filter(unit__kind="county", relayed_at=None).count() == 0
    assert received.filter(unit__kind="county").count() == 10
    assert received.filter(unit__kind="school", received_at__isnull=False).exists()


def test_every_school_of_anda_has_its_group_and_some_codes_lapse(city: City) -> None:
    """F8: thirty-four schools at scale 1."""
    schools = [school.id for school in Doing(city, TODAY).schools(ANDA)]
    groups = Group.objects.filter(unit_id__in=schools)
    assert groups.count() == len(schools)
    assert groups.filter(code_expires_on__lt=city.evenings[-1].held_on).exists()


def test_most_schools_are_ready_and_some_are_not(city: City) -> None:
    ready = Checklist.objects.exclude(completed_on=None).count()
    assert len(city.plan.schools) * 0.7 < ready < len(city.plan.schools)


@pytest.mark.parametrize("who", ["city", "county", "education", "township", "principal", "teacher"])
def test_every_desk_opens(city: City, client: Client, who: str) -> None:
    client.force_login(User.objects.get(username=who))
    assert now() > NOW
    assert client.get("/desk").status_code == 200
