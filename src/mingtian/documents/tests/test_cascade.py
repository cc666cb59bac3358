"""The way down: received, passed on, met, required; and who sees whose gaps (DOC-4, ORG-3)."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.documents import actions
from mingtian.documents.actions import Onward
from mingtian.documents.models import Document, Receipt
from mingtian.documents.queries import CascadeRow, cascade_below, list_beside
from mingtian.documents.rules import Cited, Genre, Stage
from mingtian.documents.tests.conftest import LATER, Office, actor, notice
from mingtian.org.models import Unit
from mingtian.org.queries import list_posts
from mingtian.org.rules import Line, Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import NOW


def way(document: Document, reader: User) -> CascadeRow:
    return cascade_below(document, list_posts(reader.pk, day_of(NOW))[0])


def names(cascade: CascadeRow) -> list[str]:
    return [row.unit.name for row in cascade.rows]


def relay(office: Office, receipt: Receipt, **onward: object) -> Receipt:
    return actions.relay(
        receipt_id=receipt.pk, onward=Onward(**onward), by=office.by, now=LATER,  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_document_goes_to_everybody_of_the_kinds_once(office: Office) -> None:
    issued = office.issued(to_lists=("leads:school", "guides:school", "leads:county"))

    units = Receipt.objects.filter(document=issued).values_list("unit__name", flat=True)

    assert sorted(units) == sorted(["安平县", "北河县", "第一小学", "第二小学", "北河小学"])


def test_the_first_opening_is_the_receipt(office: Office) -> None:
    receipt = office.receipt(office.issued(), office.tree.school)
    for now in (LATER, LATER + timedelta(hours=1)):
        actions.receive(receipt_id=receipt.pk, by=office.by, now=now)
    receipt.refresh_from_db()
    assert receipt.received_at == LATER


def test_a_county_passes_on_along_the_education_line_and_sees_the_whole_result(
    office: Office, education: User
) -> None:
    tree = office.tree
    county = make_staff("county", tree.county, Role.OFFICE)
    issued = office.issued(to_lists=("leads:county",))

    relay(office, office.receipt(issued, tree.county), to_lists=("leads:sector",))
    relay(office, office.receipt(issued, tree.county_education), to_lists=("guides:school",))

    assert office.receipt(issued, tree.school).through_id == tree.county_education.pk
    assert names(way(issued, county)) == ["安平县教育关工委", "第一小学", "第二小学"]
    assert names(way(issued, education)) == ["第一小学", "第二小学"]


def test_the_city_sees_schools_of_a_county_as_numbers_only(office: Office) -> None:
    tree = office.tree
    issued = office.issued()
    actions.receive(receipt_id=office.receipt(issued, tree.school).pk, by=office.by, now=LATER)

    cascade = way(issued, office.drafter)

    assert names(cascade) == ["安平县", "北河县"]
    anping = cascade.rows[0]
    assert (anping.below, anping.behind, anping.done[Stage.RECEIVED]) == (3, 3, 1)
    assert cascade.total == 6


def test_a_county_sees_its_own_units_by_name_and_nobody_elses(office: Office) -> None:
    tree = office.tree
    issued = office.issued()
    relay(office, office.receipt(issued, tree.school), words="全体班主任")

    far = way(issued, make_staff("far", tree.far_county, Role.OFFICE))
    near = way(issued, make_staff("near", tree.county, Role.OFFICE))

    assert names(far) == ["北河小学"]
    assert names(near) == ["河口镇", "第一小学", "第二小学"]
    by_name = {row.unit.name: row for row in near.rows}
    assert by_name["第一小学"].gap is Stage.MEETING
    assert by_name["第二小学"].gap is Stage.RECEIVED
    assert near.gaps[0].gap is Stage.RECEIVED
    passed = by_name["第一小学"].step(Stage.RELAYED)
    assert passed is not None
    assert passed.hours == 3.0


def test_a_school_sees_nobodys_gaps(office: Office) -> None:
    head = make_staff("head", office.tree.school, Role.PRINCIPAL)
    assert way(office.issued(), head).rows == ()


def test_who_has_it_does_not_get_it_twice_and_issuers_do_not_get_it_back(office: Office) -> None:
    tree = office.tree
    issued = office.issued()
    before = office.receipt(issued, tree.school).pk

    relay(office, office.receipt(issued, tree.county), to_lists=("leads:school",))
    relay(office, office.receipt(issued, tree.county), to_units=(tree.school.pk,))

    assert office.receipt(issued, tree.school).pk == before
    assert office.receipt(issued, tree.county).relayed_at == LATER


@pytest.mark.parametrize(
    ("onward", "code"),
    [
        ({}, "relay_without_anybody"),
        ({"words": "长" * 201}, "note_too_long"),
        ({"to_lists": ("guides:village",)}, "receivers_missing"),
    ],
)
def test_passing_on_to_nobody_is_refused(
    office: Office, onward: dict[str, object], code: str
) -> None:
    receipt = office.receipt(office.issued(), office.tree.school)
    with pytest.raises(RuleBroken, match=code):
        relay(office, receipt, **onward)


def test_passing_on_to_somebody_elsewhere_is_refused(office: Office) -> None:
    tree = office.tree
    receipt = office.receipt(office.issued(), tree.county)
    with pytest.raises(RuleBroken, match="wrong_receiver"):
        relay(office, receipt, to_units=(tree.far_school.pk,))


def test_a_meeting_is_noted_with_its_own_time(office: Office) -> None:
    receipt = office.receipt(office.issued(), office.tree.school)

    actions.note_meeting(
        receipt_id=receipt.pk, held_at=NOW + timedelta(hours=1), words="全体教师", by=office.by,
        now=LATER,
    )  # fmt: skip

    receipt.refresh_from_db()
    assert (receipt.meeting_at, receipt.received_at) == (NOW + timedelta(hours=1), LATER)
    with pytest.raises(RuleBroken, match="meeting_out_of_time"):
        actions.note_meeting(
            receipt_id=receipt.pk, held_at=LATER + timedelta(hours=1), words="", by=office.by,
            now=LATER,
        )  # fmt: skip


def test_requirements_in_words_need_words(office: Office) -> None:
    receipt = office.receipt(office.issued(), office.tree.school)
    with pytest.raises(RuleBroken, match="requirements_without_words"):
        actions.note_requirements(receipt_id=receipt.pk, words=" ", by=office.by, now=LATER)
    noted = actions.note_requirements(
        receipt_id=receipt.pk, words="三项要求", by=office.by, now=LATER
    )
    assert noted.requirements_at == LATER


def test_an_own_document_under_it_passes_it_on_and_states_requirements(office: Office) -> None:
    tree = office.tree
    county = make_staff("county", tree.county, Role.OFFICE)
    issued = office.issued()
    draft = notice(cited=Cited(document_id=issued.pk), to_lists=("leads:school",))

    lower = actions.create_draft(unit_id=tree.county.pk, draft=draft, by=actor(county), now=NOW)
    for step in (actions.review, actions.sign, actions.issue):
        step(document_id=lower.pk, by=actor(county), now=LATER)

    receipt = office.receipt(issued, tree.county)
    assert (receipt.relayed_at, receipt.requirements_id) == (LATER, lower.pk)
    assert receipt.meeting_at is None


def test_a_report_upward_is_seen_as_received_by_who_sent_it(office: Office) -> None:
    tree = office.tree
    head = make_staff("head", tree.school, Role.PRINCIPAL)
    draft = notice(genre=Genre.REPORT, to_lists=(), to_units=(tree.county.pk,))
    made = actions.create_draft(unit_id=tree.school.pk, draft=draft, by=actor(head), now=NOW)
    for step in (actions.review, actions.sign, actions.issue):
        step(document_id=made.pk, by=actor(head), now=NOW)
    made.refresh_from_db()

    (post,) = list_posts(head.pk, day_of(NOW))

    assert [(unit.name, at) for unit, at in list_beside(made, post)] == [("安平县", None)]


def test_the_city_bureau_guides_sectors_and_schools_without_one(office: Office) -> None:
    tree = office.tree
    bureau = make_staff("bureau", tree.city_education, Role.OFFICE, line=Line.GUIDES)
    issued = office.issued(to_lists=("leads:school",))

    cascade = way(issued, bureau)

    def row(unit: Unit) -> object:
        return next((each for each in cascade.rows if each.unit.id == unit.pk), None)

    assert row(tree.far_school) is not None
    assert row(tree.school) is not None or row(tree.county_education) is not None
