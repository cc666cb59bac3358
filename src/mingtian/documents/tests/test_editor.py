"""Drafts: typed, kept when refused, attached to, handed on, agreed to."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mingtian.core.models import AuditEntry
from mingtian.documents import actions
from mingtian.documents.models import Document, Receipt
from mingtian.documents.tests.conftest import (
    Office,
)
from mingtian.documents.tests.paging import ENGLISH, form, page, read, todos
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import NOW

pytestmark = pytest.mark.usefixtures("late")


def test_a_notice_goes_from_draft_to_issue_by_two_people(client: Client, office: Office) -> None:
    city = office.tree.city.public_id
    client.force_login(office.drafter)
    reply = client.post(f"/desk/documents/units/{city}/new", form())
    made = Document.objects.get()
    assert reply["Location"] == page(made)

    client.post(page(made, "/review"))
    refused = client.post(page(made, "/sign"), headers=ENGLISH)
    assert refused.status_code == 422
    assert "Who drafts a document does not sign it" in refused.content.decode()
    client.force_login(office.director)
    client.post(page(made, "/sign"))
    client.post(page(made, "/issue"))
    client.post(page(made, "/issue"))

    assert "岚山关工委〔2023〕1号" in read(client, page(made))
    assert Receipt.objects.count() == 2


def test_what_was_typed_stays_when_it_is_refused(client: Client, office: Office) -> None:
    client.force_login(office.drafter)
    address = f"/desk/documents/units/{office.tree.city.public_id}/new"
    sent = form(
        genre="evaluation", title="考评方案", indicators="转发文件及时\n点赞数", parent_on="x"
    )

    wrong = client.post(address, sent, headers=ENGLISH)
    refused = client.post(address, {**sent, "parent_on": "2023-09-01"}, headers=ENGLISH)

    assert "Enter a day." in wrong.content.decode()
    for reply in (wrong, refused):
        text = reply.content.decode()
        assert reply.status_code == 422
        assert 'value="考评方案"' in text
        assert "转发文件及时\n点赞数" in text
        assert 'value="leads:county" class="' in text or "checked" in text
    assert "国办函〔2026〕12号" in refused.content.decode()
    assert not Document.objects.exists()


def test_a_draft_is_changed_and_thrown_away(client: Client, office: Office) -> None:
    made = office.draft()
    client.force_login(office.drafter)
    assert "一、总体要求" in read(client, page(made, "/edit"))

    client.post(
        page(made, "/edit"), form(title="改过的通知", to_units=[office.tree.county.public_id])
    )
    made.refresh_from_db()
    assert (made.title, made.to_units) == ("改过的通知", [office.tree.county.pk])

    client.post(page(made, "/drop"))
    assert not Document.objects.exists()


def test_a_double_click_begins_one_draft_and_a_refused_step_is_in_the_trail(
    client: Client, office: Office
) -> None:
    client.force_login(office.drafter)
    address = f"/desk/documents/units/{office.tree.city.public_id}/new"
    (key,) = re.findall(r'name="key" value="([0-9a-z]{12})"', read(client, address))
    for _ in range(2):
        client.post(address, form(key=key, parent_issuer="", parent_number="", parent_on=""))

    made = Document.objects.get()
    reply = client.post(page(made, "/review"), headers=ENGLISH)

    assert 'data-code="parent_missing"' in reply.content.decode()
    assert AuditEntry.objects.get(action="documents.refused").detail == {"code": "parent_missing"}


def test_an_issued_document_is_not_edited(client: Client, office: Office) -> None:
    issued = office.issued()
    client.force_login(office.drafter)
    reply = client.post(page(issued, "/edit"), form(), headers=ENGLISH)
    assert reply.status_code == 422
    assert "no longer changes" in reply.content.decode()


def test_opinions_begin_with_their_four_sections(client: Client, office: Office) -> None:
    client.force_login(office.drafter)
    address = f"/desk/documents/units/{office.tree.city.public_id}/new"
    text = read(client, f"{address}?genre=implementation")
    assert "一、重要意义" in text
    assert "四、组织领导" in text
    assert read(client, f"{address}?genre=nonsense&parent=x&campaign=x")


def test_files_are_attached_given_back_and_never_shown_in_the_page(
    client: Client, office: Office
) -> None:
    made = office.draft()
    client.force_login(office.drafter)
    wrong = client.post(
        page(made, "/attach"), {"file": SimpleUploadedFile("a.pdf", b"<svg>")}, headers=ENGLISH
    )
    assert wrong.status_code == 422
    assert "cannot be attached" in wrong.content.decode()
    assert client.post(page(made, "/attach"), headers=ENGLISH).status_code == 422

    client.post(page(made, "/attach"), {"file": SimpleUploadedFile("附表.pdf", b"%PDF-1.7")})
    kept = made.attachments.get()
    reply = client.get(page(made, f"/attachments/{kept.public_id}"))

    assert reply.content == b"%PDF-1.7"
    assert reply["X-Content-Type-Options"] == "nosniff"
    assert reply["Content-Disposition"].startswith("attachment")
    assert client.get(page(made, "/attachments/nothing")).status_code == 404
    client.post(page(made, f"/attachments/{kept.public_id}/remove"))
    assert not made.attachments.exists()


def test_a_partner_agrees_on_the_page(client: Client, office: Office) -> None:
    county = make_staff("county", office.tree.county, Role.DIRECTOR)
    made = office.draft(partners=(office.tree.county.pk,), to_lists=("leads:school",))
    client.force_login(county)
    assert client.get(page(made)).status_code == 404
    client.force_login(office.drafter)
    assert "has not agreed yet" in read(client, page(made))
    client.force_login(county)
    actions.review(document_id=made.pk, by=office.by, now=NOW)
    assert todos(county) == [("document.agree", 1)]
    assert "Your body issues this document too" in read(client, page(made))

    client.post(page(made, "/agree"))
    client.post(page(made, "/agree"))

    assert made.partners.get().agreed_by == county
    assert todos(county) == []
