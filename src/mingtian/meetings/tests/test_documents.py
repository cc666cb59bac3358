"""Meetings about documents: the step "own meeting held" of the cascade (DOC-4, DOC-5)."""

from datetime import timedelta

import pytest
from django.test import Client

from mingtian.core.errors import RuleBroken
from mingtian.documents import actions as documents
from mingtian.documents.models import Document
from mingtian.documents.tests.conftest import Office, make_office
from mingtian.meetings.actions import change, record
from mingtian.meetings.models import Meeting
from mingtian.meetings.queries import meetings_about
from mingtian.meetings.rules import Attending, Kind
from mingtian.meetings.tests.conftest import BY, key, spec
from mingtian.org.models import Unit
from mingtian.org.queries import unit_rows
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import DAY, NOW

ENGLISH = {"accept-language": "en"}
AFTER = NOW + timedelta(hours=3)


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


def study(unit: Unit, document: Document, **changes: object) -> Meeting:
    """Let a unit study a document an hour after it came, with eleven people."""
    plain: dict[str, object] = {
        "kind": Kind.STUDY,
        "held_at": NOW + timedelta(hours=1),
        "attended": {Attending.COMMITTEE: 11},
        "document": document.public_id,
    }
    row = unit_rows([unit.pk], DAY)[unit.pk]
    return record(unit=row, spec=spec(**{**plain, **changes}), once=key(), by=BY, now=AFTER)


def test_a_study_marks_the_own_meeting_of_the_receiver(office: Office) -> None:
    document = office.issued()

    held = study(office.tree.county, document)

    receipt = office.receipt(document, office.tree.county)
    assert (receipt.meeting_at, receipt.meeting_note) == (held.held_at, held.title)
    (row,) = meetings_about([document.pk], day=DAY)[document.pk]
    assert (row.unit_id, row.people) == (office.tree.county.pk, 11)


def test_a_meeting_that_is_only_planned_marks_nothing_before_people_came(office: Office) -> None:
    document, county = office.issued(), office.tree.county
    planned = AFTER + timedelta(hours=1)
    held = study(county, document, held_at=planned, attended={})
    assert office.receipt(document, county).meeting_at is None
    assert meetings_about([document.pk], day=DAY) == {}

    came = spec(kind=Kind.STUDY, held_at=planned, document=document.public_id)
    row = unit_rows([county.pk], DAY)[county.pk]
    change(
        meeting_id=held.pk, unit=row, spec=came, revision=1, by=BY, now=planned + timedelta(hours=1)
    )

    assert office.receipt(document, county).meeting_at == planned


def test_a_meeting_that_was_about_another_document_is_taken_back(office: Office) -> None:
    first, second, county = office.issued(), office.issued(), office.tree.county
    held = study(county, first)
    came = spec(
        kind=Kind.STUDY, held_at=held.held_at, attended={Attending.COMMITTEE: 11},
        document=second.public_id,
    )  # fmt: skip
    row = unit_rows([county.pk], DAY)[county.pk]

    change(meeting_id=held.pk, unit=row, spec=came, revision=1, by=BY, now=AFTER)

    assert office.receipt(first, county).meeting_at is None
    assert office.receipt(first, county).met_in == ""
    assert office.receipt(second, county).met_in == held.public_id


def test_an_earlier_meeting_that_was_only_told_stands(office: Office) -> None:
    document, county = office.issued(), office.tree.county
    told = NOW + timedelta(minutes=5)
    receipt = office.receipt(document, county)
    documents.note_meeting(receipt_id=receipt.pk, held_at=told, words="", by=BY, now=AFTER)

    study(county, document)

    receipt.refresh_from_db()
    assert (receipt.meeting_at, receipt.met_in) == (told, "")


def test_the_page_of_a_receiver_leads_to_the_meeting_and_back(
    office: Office, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: AFTER)
    document = office.issued(to_lists=("leads:county", "leads:school"))
    for role, unit, kind, count in (
        (Role.PRINCIPAL, office.tree.school, "leaders", "count_leaders"),
        (Role.OFFICE, office.tree.county, "study", "count_committee"),
    ):
        client.force_login(make_staff(role.value, unit, role))
        page = f"/desk/documents/{document.public_id}/at/{unit.public_id}"
        way = f"/desk/meetings/units/{unit.public_id}/new?kind={kind}&document={document.public_id}"
        assert way in client.get(page).content.decode().replace("&amp;", "&")
        form = client.get(way).context["form"]

        reply = client.post(way, {**form.initial, count: "7"}, headers=ENGLISH)

        assert reply["Location"] == page
        text = client.get(page, headers=ENGLISH).content.decode()
        assert "“own meeting held” is noted" in text
        assert f"/desk/meetings/{Meeting.objects.get(unit=unit).public_id}" in text


def test_a_meeting_before_the_document_was_out_is_refused_and_not_kept(office: Office) -> None:
    document = office.issued()

    with pytest.raises(RuleBroken, match="meeting_out_of_time"):
        study(office.tree.county, document, held_at=NOW - timedelta(days=1))

    assert not Meeting.objects.exists()


def test_a_meeting_about_a_closed_document_is_kept_all_the_same(office: Office) -> None:
    document = office.issued()
    documents.close(document_id=document.pk, by=office.by, now=NOW)

    study(office.tree.county, document)

    assert office.receipt(document, office.tree.county).meeting_at is None
    assert Meeting.objects.count() == 1


def test_the_issuer_may_study_its_own_document(office: Office) -> None:
    assert study(office.tree.city, office.issued()).document is not None


def test_only_whoever_may_read_a_document_is_led_to_it(office: Office, client: Client) -> None:
    """The page names it to the superior as well, who may not have got it."""
    document = office.issued(to_lists=("leads:school",))
    held = study(office.tree.school, document, kind=Kind.STUDY)
    address = f"/desk/documents/{document.public_id}"
    told = {}
    for role, unit in ((Role.PRINCIPAL, office.tree.school), (Role.OFFICE, office.tree.county)):
        client.force_login(make_staff(role.value, unit, role))
        reply = client.get(f"/desk/meetings/{held.public_id}")
        told[role] = (
            document.reference in reply.content.decode(),
            address in reply.content.decode(),
        )

    assert told == {Role.PRINCIPAL: (True, True), Role.OFFICE: (True, False)}


def test_a_study_is_proposed_with_its_document_if_it_is_the_units(
    office: Office, client: Client
) -> None:
    document = office.issued(to_lists=("leads:school",))
    proposed = {}
    for role, unit in ((Role.PRINCIPAL, office.tree.school), (Role.OFFICE, office.tree.county)):
        client.force_login(make_staff(role.value, unit, role))
        address = f"/desk/meetings/units/{unit.public_id}/new"
        reply = client.get(address, {"kind": "study", "document": document.public_id})
        proposed[role] = reply.context["form"]["document"].value() or ""

    assert proposed == {Role.PRINCIPAL: document.public_id, Role.OFFICE: ""}
