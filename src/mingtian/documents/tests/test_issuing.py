"""From draft to issue: two persons, agreement of all, the document above, the number (DOC-3)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.translation import override

from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.documents import actions
from mingtian.documents.actions import Ready
from mingtian.documents.models import Document, Partner, Receipt
from mingtian.documents.queries import find_by_source, find_document, list_of_campaign
from mingtian.documents.rules import NOTHING, Cited, Genre, State
from mingtian.documents.sheet import paper_of
from mingtian.documents.tests.conftest import (
    FOUR_POINTS,
    LATER,
    PROVINCIAL,
    Office,
    actor,
    notice,
)
from mingtian.org.rules import Role
from mingtian.papers.paper import Heading, Paragraph, Shape
from mingtian.testing.cast import make_staff
from mingtian.testing.make import NOW


def test_a_document_gets_its_number_in_the_moment_it_is_issued(office: Office) -> None:
    signed = office.signed()
    assert (signed.number, signed.reference) == (None, "")

    issued = actions.issue(document_id=signed.pk, by=office.by, now=NOW)

    assert issued.reference == "岚山关工委〔2023〕1号"
    assert office.issued().reference == "岚山关工委〔2023〕2号"
    entry = AuditEntry.objects.filter(action="documents.issued").first()
    assert entry is not None
    assert entry.detail["number"] == 1


def test_each_unit_and_each_year_counts_from_one(office: Office) -> None:
    office.issued()
    new_year = datetime(2023, 12, 31, 16, 30, tzinfo=UTC)  # half past midnight in Shanghai

    next_year = office.issued(now=new_year)

    assert next_year.reference == "岚山关工委〔2024〕1号"
    principal = make_staff("head", office.tree.school, Role.PRINCIPAL)
    draft = notice(to_lists=(), to_units=(office.tree.county.pk,), genre=Genre.REPORT)
    made = actions.create_draft(
        unit_id=office.tree.school.pk, draft=draft, by=actor(principal), now=NOW
    )
    for step in (actions.review, actions.sign, actions.issue):
        step(document_id=made.pk, by=actor(principal), now=NOW)
    made.refresh_from_db()
    assert made.reference == "第一小学〔2023〕1号"
    assert made.one_person


def test_issuing_twice_is_issuing_once(office: Office) -> None:
    first = office.issued()
    again = actions.issue(document_id=first.pk, by=office.by, now=LATER)
    assert (again.number, again.issued_at) == (1, NOW)


def test_what_failed_to_be_issued_leaves_no_gap(office: Office) -> None:
    made = office.signed()
    with transaction.atomic():
        actions.issue(document_id=made.pk, by=office.by, now=NOW)
        transaction.set_rollback(True)
    assert office.issued().number == 1


def test_who_drafted_does_not_sign(office: Office) -> None:
    made = office.draft()
    actions.review(document_id=made.pk, by=office.by, now=NOW)

    with pytest.raises(RuleBroken, match="signer_drafted"):
        actions.sign(document_id=made.pk, by=office.by, now=NOW)

    signed = actions.sign(document_id=made.pk, by=office.signer, now=NOW)
    assert not signed.one_person


def test_everything_that_a_draft_wants_is_named_at_once(office: Office) -> None:
    made = office.draft(genre=Genre.IMPLEMENTATION, cited=NOTHING, to_lists=())

    with override("en"), pytest.raises(RuleBroken) as refused:
        actions.review(document_id=made.pk, by=office.by, now=NOW)

    assert refused.value.code == "document_incomplete"
    told = str(refused.value.facts["wanting"])
    assert "Say which document this one carries out" in told
    assert "Implementation opinions need these sections" in told
    assert "Nobody would receive this document" in told


def test_a_draft_without_text_is_not_asked_for_sections_as_well(office: Office) -> None:
    made = office.draft(genre=Genre.IMPLEMENTATION, text="")
    with pytest.raises(RuleBroken, match="paper_without_body"):
        actions.review(document_id=made.pk, by=office.by, now=NOW)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"cited": NOTHING}, "parent_missing"),
        ({"cited": Cited(issuer="省关工委")}, "parent_incomplete"),
        ({"genre": Genre.IMPLEMENTATION}, "section_missing"),
        ({"text": ""}, "paper_without_body"),
        ({"text": "| 甲 | 乙 |\n| 丙 |"}, "paper_table_torn"),
        ({"to_lists": ()}, "receivers_missing"),
    ],
)
def test_an_incomplete_draft_is_not_handed_on(
    office: Office, changes: dict[str, object], code: str
) -> None:
    made = office.draft(**changes)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken, match=code):
        actions.review(document_id=made.pk, by=office.by, now=NOW)
    made.refresh_from_db()
    assert made.state == State.DRAFT


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": "  "}, "paper_without_title"),
        ({"title": "长" * 161}, "text_too_long"),
        ({"text": "长" * 60_001}, "text_too_long"),
        ({"addressee": "长" * 201}, "note_too_long"),
        ({"to_lists": ("leads:class",)}, "wrong_receiver"),
    ],
)
def test_a_draft_that_cannot_be_is_refused(
    office: Office, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        office.draft(**changes)  # type: ignore[arg-type]
    assert not Document.objects.exists()


def test_a_unit_elsewhere_is_no_receiver(office: Office) -> None:
    tree = office.tree
    county = make_staff("county", tree.county, Role.OFFICE)

    def sent_to(unit: int, genre: Genre) -> None:
        draft = notice(to_lists=(), to_units=(unit,), genre=genre)
        made = actions.create_draft(unit_id=tree.county.pk, draft=draft, by=actor(county), now=NOW)
        actions.review(document_id=made.pk, by=actor(county), now=NOW)

    with pytest.raises(RuleBroken, match="wrong_receiver"):
        sent_to(tree.far_school.pk, Genre.NOTICE)
    with pytest.raises(RuleBroken, match="wrong_receiver"):
        sent_to(tree.far_county.pk, Genre.NOTICE)
    sent_to(tree.far_county.pk, Genre.LETTER)
    sent_to(tree.city.pk, Genre.REPORT)
    sent_to(tree.school.pk, Genre.NOTICE)


def test_opinions_with_the_four_points_are_issued(office: Office) -> None:
    issued = office.issued(genre=Genre.IMPLEMENTATION, text=FOUR_POINTS)
    assert issued.state == State.ISSUED


@pytest.mark.parametrize(
    ("genre", "form", "shape"),
    [
        (Genre.NOTICE, "文件", Shape.DOCUMENT),
        (Genre.LETTER, "", Shape.LETTER),
        (Genre.MINUTES, "纪要", Shape.DOCUMENT),
    ],
)
def test_letters_and_minutes_have_the_head_of_their_kind(
    office: Office, genre: Genre, form: str, shape: Shape
) -> None:
    paper = paper_of(office.issued(genre=genre), NOW)
    assert (paper.form, paper.shape) == (form, shape)


def test_a_joint_document_waits_until_every_body_has_agreed(office: Office) -> None:
    tree = office.tree
    bureau = make_staff("bureau", tree.city_education, Role.OFFICE)
    signed = office.signed(partners=(tree.city_education.pk,))

    with pytest.raises(RuleBroken, match="not_agreed") as refused:
        actions.issue(document_id=signed.pk, by=office.by, now=NOW)
    assert "岚山市教育关工委" in str(refused.value.facts["bodies"])

    agreed = {
        "document_id": signed.pk, "unit_id": tree.city_education.pk, "by": actor(bureau), "now": NOW,
    }  # fmt: skip
    actions.agree(**agreed)  # type: ignore[arg-type]
    actions.agree(**agreed)  # type: ignore[arg-type]
    issued = actions.issue(document_id=signed.pk, by=office.by, now=NOW)

    assert paper_of(issued, NOW).issuers == ["岚山市关心下一代工作委员会", "岚山市教育关工委"]
    assert AuditEntry.objects.filter(action="documents.agreed").count() == 1


def test_a_joint_document_reaches_whom_each_of_its_bodies_reaches(office: Office) -> None:
    tree = office.tree
    signed = office.signed(partners=(tree.city_education.pk,), to_lists=("guides:school",))
    actions.agree(document_id=signed.pk, unit_id=tree.city_education.pk, by=office.by, now=NOW)

    actions.issue(document_id=signed.pk, by=office.by, now=NOW)

    units = {each.unit_id for each in Receipt.objects.filter(document=signed)}
    assert units == {tree.school.pk, tree.other_school.pk, tree.far_school.pk}


def test_two_who_write_the_same_draft_notice_each_other(office: Office) -> None:
    made = office.draft()
    actions.save_draft(document_id=made.pk, draft=notice(), by=office.by, now=NOW, edits=0)
    with pytest.raises(RuleBroken, match="draft_changed"):
        actions.save_draft(document_id=made.pk, draft=notice(), by=office.signer, now=NOW, edits=0)


def test_a_page_that_is_sent_twice_begins_one_draft(office: Office) -> None:
    sent = {"unit_id": office.tree.city.pk, "draft": notice(), "now": NOW, "key": "0123456789ab"}

    first = actions.create_draft(**sent, by=office.by)  # type: ignore[arg-type]
    second = actions.create_draft(**sent, by=office.by)  # type: ignore[arg-type]
    other = actions.create_draft(**sent, by=office.signer)  # type: ignore[arg-type]

    assert (first.pk, first.public_id) == (second.pk, "0123456789ab")
    assert other.pk != first.pk


def test_agreement_falls_when_the_words_change(office: Office) -> None:
    tree = office.tree
    signed = office.signed(partners=(tree.city_education.pk,))
    actions.agree(document_id=signed.pk, unit_id=tree.city_education.pk, by=office.by, now=NOW)

    actions.send_back(document_id=signed.pk, by=office.signer, now=NOW)

    signed.refresh_from_db()
    assert (signed.state, signed.signed_by) == (State.DRAFT, None)
    assert Partner.objects.get().agreed_at is None


def test_a_body_elsewhere_is_no_partner(office: Office) -> None:
    with pytest.raises(RuleBroken, match="wrong_partner"):
        office.draft(partners=(office.tree.far_school.pk,))


def test_an_issued_document_does_not_change(office: Office) -> None:
    issued = office.issued()
    with pytest.raises(RuleBroken, match="document_issued"):
        actions.save_draft(document_id=issued.pk, draft=notice(), by=office.by, now=NOW)
    with pytest.raises(RuleBroken, match="document_issued"):
        actions.drop_draft(document_id=issued.pk, by=office.by, now=NOW)
    with pytest.raises(RuleBroken, match="document_issued"):
        actions.send_back(document_id=issued.pk, by=office.by, now=NOW)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents_document SET title = '别的'",
        "UPDATE documents_document SET number = 7",
        "DELETE FROM documents_receipt; DELETE FROM documents_document",
    ],
)
def test_the_database_keeps_what_was_issued(office: Office, statement: str) -> None:
    office.issued()
    with (
        pytest.raises(DatabaseError, match="does not change"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_number_without_issue_cannot_be_kept(office: Office) -> None:
    office.draft()
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.update(number=5, year=2023)


def test_nothing_without_a_number_is_cited(office: Office) -> None:
    draft = office.draft()
    with pytest.raises(RuleBroken, match="parent_not_issued"):
        office.draft(cited=Cited(document_id=draft.pk))


def test_the_paper_cites_the_document_above(office: Office) -> None:
    issued = office.issued()
    lower = office.issued(cited=Cited(document_id=issued.pk))

    assert paper_of(issued, NOW).body[0] == Paragraph(
        text="依据：省关工委（黑关工委〔2023〕20号，2023年9月18日）。"
    )
    first = paper_of(lower, NOW).body[0]
    assert isinstance(first, Paragraph)
    assert "岚山关工委〔2023〕1号" in first.text


def test_measures_go_on_in_versions_and_the_old_one_is_closed(office: Office) -> None:
    first = office.issued(genre=Genre.EVALUATION, indicators=["转发文件及时"])

    second, again = (
        actions.new_version(document_id=first.pk, by=office.by, now=LATER) for _ in range(2)
    )
    assert (second.pk, second.version) == (again.pk, 2)
    actions.review(document_id=second.pk, by=office.by, now=LATER)
    actions.sign(document_id=second.pk, by=office.signer, now=LATER)
    actions.issue(document_id=second.pk, by=office.signer, now=LATER)

    first.refresh_from_db()
    assert first.state == State.CLOSED
    row = find_document(first.public_id)
    assert row is not None
    assert row.replaced
    assert paper_of(second, LATER).body[-2] == Heading(level=1, text="考评指标")


def test_a_notice_has_no_versions(office: Office) -> None:
    issued = office.issued()
    with pytest.raises(RuleBroken, match="genre_without_versions"):
        actions.new_version(document_id=issued.pk, by=office.by, now=NOW)


def test_a_bulletin_of_another_module_is_issued_once(office: Office) -> None:
    ready = Ready(
        source="bulletin:12", unit_id=office.tree.city.pk, title="第三日通报",
        body=[Paragraph(text="现通报如下。")], cited=PROVINCIAL, to_lists=("leads:county",),
    )  # fmt: skip

    first = actions.issue_ready(ready=ready, by=office.by, now=NOW)
    second = actions.issue_ready(ready=ready, by=office.by, now=LATER)

    assert first.pk == second.pk
    assert (first.reference, first.kind) == ("岚山关工委〔2023〕1号", "bulletin")
    assert Receipt.objects.filter(document=first).count() == 2
    row = find_by_source("bulletin:12")
    assert row is not None
    assert row.reference == first.reference
    assert list_of_campaign(0) == []


def test_a_bulletin_without_text_takes_no_number(office: Office) -> None:
    ready = Ready(source="bulletin:1", unit_id=office.tree.city.pk, title="通报", body=[])
    with pytest.raises(RuleBroken, match="paper_without_body"):
        actions.issue_ready(ready=ready, by=office.by, now=NOW)
    assert not Document.objects.exists()
    assert office.issued().number == 1


def test_a_closed_document_asks_nothing_more(office: Office) -> None:
    issued = office.issued()
    for _ in range(2):
        closed = actions.close(document_id=issued.pk, by=office.by, now=NOW + timedelta(days=1))
    assert closed.state == State.CLOSED
    with pytest.raises(RuleBroken, match="document_elsewhere"):
        actions.note_requirements(
            receipt_id=office.receipt(issued, office.tree.school).pk, words="三项要求",
            by=office.by, now=LATER,
        )  # fmt: skip
