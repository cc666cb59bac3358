"""What a receiver does on the pages: opens, passes on, meets, requires."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from mingtian.documents.models import SendingList
from mingtian.documents.rules import State
from mingtian.documents.tests.conftest import (
    LATER,
    Office,
    notice,
)
from mingtian.documents.tests.paging import ENGLISH, page, read, todos
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import NOW

pytestmark = pytest.mark.usefixtures("late")


def test_opening_a_document_is_its_receipt(client: Client, office: Office, principal: User) -> None:
    issued = office.issued()
    client.force_login(principal)
    assert issued.title in read(client, "/desk/documents/")

    read(client, page(issued))

    assert office.receipt(issued, office.tree.school).received_at == LATER
    assert "Nothing new" in read(client, "/desk/documents/")


def test_who_only_looks_on_receives_nothing(client: Client, office: Office) -> None:
    issued = office.issued()
    client.force_login(make_staff("duty", office.tree.school, Role.DUTY_TEACHER))

    read(client, page(issued))

    assert office.receipt(issued, office.tree.school).received_at is None


def test_who_only_looks_on_is_led_to_the_text_not_to_the_steps(
    client: Client, office: Office, principal: User
) -> None:
    issued = office.issued()
    client.force_login(make_staff("looker", office.tree.school, Role.DUTY_TEACHER))
    assert "A document is received when" in read(client, "/desk/documents/")
    client.force_login(principal)
    read(client, page(issued))
    steps = page(issued, f"/at/{office.tree.school.public_id}")
    assert f'href="{steps}"' in read(client, "/desk/documents/")

    client.force_login(User.objects.get(username="looker"))
    shown = read(client, "/desk/documents/")

    assert f'href="{page(issued)}"' in shown
    assert steps not in shown


def test_a_school_takes_the_steps_on_one_page(
    client: Client, office: Office, principal: User
) -> None:
    issued = office.issued()
    client.force_login(principal)
    address = page(issued, f"/at/{office.tree.school.public_id}")
    assert todos(principal) == [("document.receive", 1)]

    refused = client.post(address, {"what": "relay", "words": ""}, headers=ENGLISH)
    assert 'data-code="relay_without_anybody"' in refused.content.decode()
    client.post(address, {"what": "relay", "words": "全体班主任"})
    early = {"what": "meeting", "held_at": "2023-09-18T08:00", "words": "教师会"}
    refused = client.post(address, early, headers=ENGLISH)
    assert 'value="教师会"' in refused.content.decode()
    client.post(address, {**early, "held_at": "2023-09-18T20:30"})
    client.post(address, {"what": "requirements", "words": "三项要求"})

    receipt = office.receipt(issued, office.tree.school)
    assert receipt.meeting_at == NOW + timedelta(minutes=90)
    assert receipt.requirements_note == "三项要求"
    assert todos(principal) == []
    assert "In hand" not in read(client, "/desk/documents/")


def test_a_county_relays_by_boxes_and_a_named_list(client: Client, office: Office) -> None:
    tree = office.tree
    issued = office.issued(to_lists=("leads:county",))
    county = make_staff("county", tree.county, Role.OFFICE)
    client.force_login(county)
    sending = f"/desk/documents/units/{tree.county.public_id}/sending"
    client.post(sending, {"what": "list", "name": "全县学校", "addresses": ["leads:school"]})
    kept = SendingList.objects.get()
    address = page(issued, f"/at/{tree.county.public_id}")
    assert "全县学校" in read(client, address)

    client.post(address, {"what": "relay", "to_lists": [f"list:{kept.public_id}"]})

    assert office.receipt(issued, tree.school).through_id == tree.county.pk
    text = read(client, page(issued))
    assert "No. 2 Primary School" in text
    client.post(sending, {"drop": kept.public_id})
    assert not SendingList.objects.exists()


def test_a_closed_document_waits_for_nobody(
    client: Client, office: Office, principal: User
) -> None:
    issued = office.issued()
    client.force_login(office.director)
    reply = client.post(page(issued, "/close"))
    assert reply["Location"] == page(issued)
    issued.refresh_from_db()
    assert issued.state == State.CLOSED
    assert todos(principal) == []
    client.force_login(principal)
    assert "nothing more is asked" in read(
        client, page(issued, f"/at/{office.tree.school.public_id}")
    )
    assert notice().title in read(client, "/desk/documents/register")
