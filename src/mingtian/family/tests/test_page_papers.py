"""Certificates and pictures on the family's page: for the own home only, by press only."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mingtian.campaigns.queries import find_campaign
from mingtian.certificates.models import Certificate
from mingtian.family.tests.conftest import FULL_HOUR, Family, Phone
from mingtian.screenshots.actions import switch_on
from mingtian.screenshots.models import Picture
from mingtian.screenshots.rules import MOST_BYTES
from mingtian.screenshots.tests.conftest import DURING, drawn, encoded
from mingtian.testing.make import ACTOR, NOW


@pytest.fixture
def serial(opened: Phone, family: Family) -> str:
    """The certificate that the pupil has just earned, seen on the page."""
    family.attended(family.children[0], FULL_HOUR)
    opened.text("/my")
    return Certificate.objects.get(person=family.children[0].pk).serial


def test_what_was_earned_is_unlocked_when_the_family_looks(opened: Phone, serial: str) -> None:
    page = opened.text("/my")

    assert page.count('data-certificate="unlocked"') == 1
    assert f"/my/certificates/{serial}.pdf" in page
    assert Certificate.objects.count() == 1


def test_who_has_not_earned_it_reads_what_is_missing(opened: Phone) -> None:
    page = opened.text("/my")

    assert 'data-certificate="locked"' in page
    assert Certificate.objects.count() == 0


@pytest.mark.parametrize(
    ("form", "begins", "content_type"),
    [
        ("pdf", b"%PDF", "application/pdf"),
        ("png", b"\x89PNG", "image/png"),
        ("json", b"{", "application/vc+ld+json"),
    ],
)
def test_a_certificate_comes_as_paper_picture_and_signed_file(
    opened: Phone, serial: str, form: str, begins: bytes, content_type: str
) -> None:
    reply = opened.post(f"/my/certificates/{serial}.{form}")

    assert reply.status_code == 200
    assert reply.headers["Content-Type"] == content_type
    assert reply.content.startswith(begins)
    assert reply.headers["Cache-Control"] == "private, no-store"


def test_the_certificate_of_another_home_is_not_there(
    opened: Phone, serial: str, stranger: Family
) -> None:
    opened.client.cookies.clear()
    opened.show(stranger.token)

    assert opened.post(f"/my/certificates/{serial}.pdf").status_code == 404
    assert opened.post(f"/my/certificates/{serial}.exe").status_code == 404


def test_an_unlocked_certificate_is_gone_once_it_is_erased(opened: Phone, serial: str) -> None:
    first = opened.post("/my/erase", number="1").content.decode()
    step = re.search(r'name="step" value="([^"]+)"', first)
    assert step is not None

    opened.post("/my/erase/now", step=step[1])

    assert Certificate.objects.get().person is None


def test_a_picture_is_refused_where_the_campaign_wants_none(opened: Phone) -> None:
    """STA-2: off by default, so the page offers nothing and takes nothing."""
    assert "/my/picture" not in opened.text("/my")

    shot = SimpleUploadedFile("shot.png", b"\x89PNG", content_type="image/png")
    reply = opened.client.post("/my/picture", {"lecture": "1", "picture": shot})

    assert reply.status_code == 409


def test_a_picture_needs_a_file_and_a_home_that_takes_part(opened: Phone) -> None:
    assert opened.post("/my/picture", lecture="1").status_code == 409

    opened.post("/my/withdraw")
    assert opened.post("/my/picture", lecture="1").status_code == 409


@pytest.fixture
def sending(opened: Phone, family: Family) -> Phone:
    """The page during the lecture, in a campaign that takes pictures."""
    campaign = find_campaign(family.evening.campaign.public_id)
    assert campaign is not None
    switch_on(campaign=campaign, rule_read=True, actor=ACTOR, now=NOW)
    opened.now = DURING
    return opened


def test_a_picture_goes_to_the_class_teacher_where_they_are_switched_on(sending: Phone) -> None:
    assert 'action="/my/picture"' in sending.text("/my")

    shot = SimpleUploadedFile("shot.png", encoded(drawn()))
    sending.client.post("/my/picture", {"lecture": "1", "picture": shot})

    assert Picture.objects.count() == 1
    assert "The picture is with the class teacher." in sending.text("/my")


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (b"x" * (MOST_BYTES + 2000), "screenshot_too_large"),
        (b"no picture", "screenshot_no_picture"),
    ],
)
def test_a_picture_that_cannot_be_taken_is_told_in_words(
    sending: Phone, upload: bytes, code: str
) -> None:
    shot = SimpleUploadedFile("shot.png", upload)

    reply = sending.client.post("/my/picture", {"lecture": "1", "picture": shot})

    assert reply.status_code == 409
    assert f'data-code="{code}"' in reply.content.decode()
    assert not Picture.objects.exists()
