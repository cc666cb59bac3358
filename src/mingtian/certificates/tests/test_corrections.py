"""Corrections at the class, and certificates taken back at the desk, by the front door."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mingtian.certificates.actions.unlocking import unlock
from mingtian.certificates.models import Certificate
from mingtian.certificates.rules import Refusal, RevokedFor, new_serial
from mingtian.certificates.tests.conftest import AFTER, FULL, Series
from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.testing.cast import make_cast
from mingtian.testing.make import ACTOR
from mingtian.web.refusals import sentence


@pytest.fixture(autouse=True)
def _afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: AFTER)


def test_the_teachers_note_unlocks_and_its_undoing_revokes(
    client: Client, series: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = series.lectures[2].ends_at + timedelta(hours=1)
    monkeypatch.setattr("mingtian.core.clock.now", lambda: late)
    pupil = series.pupils[0]
    series.attend(pupil, [FULL, FULL])
    client.force_login(make_cast(series.evening.tree).teacher)
    where = [series.lectures[2].pk, series.evening.tree.class_one.public_id, pupil.public_id]

    client.post(reverse("boards:pupil-note", args=where), {"how": "telephone"})
    made = Certificate.objects.get()
    assert (made.person, made.revoked_at) == (pupil.pk, None)

    client.post(reverse("boards:pupil-note-undo", args=where))
    made.refresh_from_db()
    assert made.revoked_for == RevokedFor.CORRECTION


def said(refusal: Refusal) -> str:
    with translation.override("en"):
        return sentence(RuleBroken(refusal))


@pytest.fixture
def serial(series: Series) -> str:
    series.attend(series.pupils[0], [FULL] * 4)
    unlock(campaign=series.campaign, now=AFTER, actor=ACTOR)
    return Certificate.objects.get().serial


def test_the_office_takes_one_back_and_issues_another(
    client: Client, series: Series, serial: str
) -> None:
    client.cookies["lang"] = "en"
    client.force_login(make_cast(series.evening.tree).office)
    page = reverse("certificates:take-back", args=[series.campaign.public_id])

    def typed(number: str, again: str = "no") -> str:
        sent = {"number": number, "again": again}
        return client.post(page, sent, follow=True).content.decode()

    assert "no certificate with this number" in typed(new_serial())
    assert "no certificate with this number" in typed("")
    assert "There is a valid certificate already" in typed(serial, "yes")
    assert "not valid any more" in typed(serial.upper())
    assert said(Refusal.ALREADY_REVOKED) in typed(serial)
    assert "A new certificate was issued" in typed(serial, "yes")
    assert Certificate.objects.filter(revoked_at=None).count() == 1
    assert AuditEntry.objects.filter(action="certificates.revoked", actor="office").exists()


def test_nobody_else_takes_certificates_back(client: Client, series: Series, serial: str) -> None:
    cast = make_cast(series.evening.tree)
    page = reverse("certificates:take-back", args=[series.campaign.public_id])
    for reader in (cast.principal, cast.teacher, cast.outsider):
        client.force_login(reader)
        assert client.post(page, {"number": serial}).status_code == 404
    assert Certificate.objects.get().revoked_at is None
    client.force_login(cast.office)
    assert client.get(page).status_code == 405
