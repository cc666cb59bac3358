"""The pages: a receipt by opening, drafts that keep what was typed, few queries, both forms."""

import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from mingtian.core.clock import day_of
from mingtian.core.models import AuditEntry
from mingtian.core.todo import When
from mingtian.documents import actions
from mingtian.documents.actions import Onward
from mingtian.documents.models import Document, Receipt, SendingList
from mingtian.documents.queries.todo import list_todos
from mingtian.documents.rules import Genre, State
from mingtian.documents.tests.conftest import (
    FOUR_POINTS,
    LATER,
    LISTS,
    Office,
    actor,
    notice,
)
from mingtian.org.actions import UnitSpec, create_unit
from mingtian.org.models import Unit
from mingtian.org.queries import list_posts
from mingtian.org.rules import Role, UnitKind
from mingtian.papers.word import open_docx
from mingtian.testing.cast import make_staff
from mingtian.testing.make import ACTOR, DAY, NOW, OPENED_ON

MOST_QUERIES = 15
ENGLISH = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def late(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: LATER)
    with translation.override("en"):
        yield


@pytest.fixture
def principal(office: Office) -> User:
    return make_staff("head", office.tree.school, Role.PRINCIPAL)


def read(client: Client, address: str) -> str:
    reply = client.get(address, headers=ENGLISH)
    assert reply.status_code == 200
    return reply.content.decode()


def page(document: Document, more: str = "") -> str:
    return f"/desk/documents/{document.public_id}{more}"


def form(**changes: object) -> dict[str, object]:
    return {
        "genre": "notice",
        "title": "关于组织收看的通知",
        "text": "一、要求\n请各校组织。",
        "parent_issuer": "省关工委",
        "parent_number": "黑关工委〔2023〕20号",
        "parent_on": "2023-09-01",
        "to_lists": ["leads:county"],
        **changes,
    }


def todos(user: User) -> list[tuple[str, int]]:
    posts = list_posts(user.pk, day_of(NOW))
    return [(each.kind, each.number) for each in list_todos(posts, now=LATER)]


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


@pytest.mark.parametrize("what", ["pdf", "docx"])
def test_the_paper_bears_its_number(client: Client, office: Office, what: str) -> None:
    issued = office.issued(genre=Genre.IMPLEMENTATION, text=FOUR_POINTS)
    client.force_login(office.drafter)

    reply = client.get(page(issued, f"/paper.{what}"))

    assert reply.status_code == 200
    if what == "docx":
        words = "\n".join(each.text for each in open_docx(reply.content).paragraphs)
        assert "岚山关工委〔2023〕1号" in words
        assert "一、重要意义" in words
    else:
        assert BytesIO(reply.content).read(5) == b"%PDF-"
    assert client.get(page(issued, "/paper.txt")).status_code == 404


def test_a_character_that_cannot_be_printed_is_told(client: Client, office: Office) -> None:
    made = office.draft(text="一\N{MUSICAL SYMBOL G CLEF}。")
    client.force_login(office.drafter)
    reply = client.get(page(made, "/paper.pdf"), headers=ENGLISH)
    assert reply.status_code == 422
    assert 'data-code="paper_undrawable"' in reply.content.decode()


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


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"what": "list", "name": "长" * 61, "addresses": ["leads:school"]}, "list_without_name"),
        ({"what": "list", "name": "空"}, "list_without_receivers"),
        ({"what": "letterhead", "mark": "长" * 61, "symbol": "岚关工委"}, "mark_malformed"),
        ({"what": "letterhead", "mark": "岚山", "symbol": "1"}, "symbol_malformed"),
        ({"what": "letterhead", "mark": "岚山", "symbol": "北关工委"}, "symbol_taken"),
    ],
)
def test_heads_and_lists_that_cannot_be_are_refused(
    client: Client, office: Office, sent: dict[str, object], code: str
) -> None:
    far = office.tree.far_county
    actions.set_letterhead(
        unit=list_posts(make_staff("far", far, Role.OFFICE).pk, DAY)[0].unit, mark="北河",
        symbol="北关工委", by=office.by, now=NOW,
    )  # fmt: skip
    client.force_login(office.drafter)
    address = f"/desk/documents/units/{office.tree.city.public_id}/sending"

    reply = client.post(address, sent, headers=ENGLISH)

    assert reply.status_code == 422
    assert f'data-code="{code}"' in reply.content.decode()


def test_a_chosen_head_and_short_name_stand_on_the_next_paper(
    client: Client, office: Office
) -> None:
    first = office.issued()
    client.force_login(office.drafter)
    address = f"/desk/documents/units/{office.tree.city.public_id}/sending"
    for _ in range(2):
        client.post(address, {"what": "letterhead", "mark": "岚山市关工委", "symbol": "岚关工委"})

    assert office.issued().reference == "岚关工委〔2023〕2号"
    first.refresh_from_db()
    assert first.reference == "岚山关工委〔2023〕1号"


def test_the_register_is_searched_by_number_and_title_within_reach(
    client: Client, office: Office, principal: User
) -> None:
    office.issued(title="第一件通知")
    office.issued(title="只给县里的通知", to_lists=("leads:county",))
    client.force_login(principal)

    def found(q: str) -> str:
        return read(client, f"/desk/documents/register?q={q}")

    assert "第一件通知" in found("1号")
    assert "第一件通知" in found("岚山关工委〔2023〕 第一件")
    assert "只给县里的通知" not in found("")
    assert "Nothing found" in found("2号")
    taken = client.get("/desk/documents/register.csv?q=通知").content.decode("utf-8-sig")
    assert "第一件通知" in taken
    assert "只给县里的通知" not in taken


def test_the_way_down_can_be_taken_out(client: Client, office: Office) -> None:
    issued = office.issued()
    client.force_login(office.drafter)
    taken = client.get(page(issued, "/cascade.csv"), headers=ENGLISH).content.decode("utf-8-sig")
    assert "Anping County" in taken
    assert "Primary School" not in taken
    assert client.get(page(issued, "/cascade.xlsx")).status_code == 200
    assert client.get(page(office.draft(), "/cascade.csv")).status_code == 404


def test_a_partner_agrees_on_the_page(client: Client, office: Office) -> None:
    county = make_staff("county", office.tree.county, Role.DIRECTOR)
    made = office.draft(partners=(office.tree.county.pk,), to_lists=("leads:school",))
    client.force_login(county)
    assert client.get(page(made)).status_code == 404
    actions.review(document_id=made.pk, by=office.by, now=NOW)
    assert todos(county) == [("document.agree", 1)]
    assert "Your body issues this document too" in read(client, page(made))

    client.post(page(made, "/agree"))
    client.post(page(made, "/agree"))

    assert made.partners.get().agreed_by == county
    assert todos(county) == []


def test_what_waits_is_told_in_order_and_late_ones_as_late(office: Office, principal: User) -> None:
    office.issued(relay_by=DAY - timedelta(days=1))
    office.issued()
    for each in Receipt.objects.filter(unit=office.tree.school)[:1]:
        actions.receive(receipt_id=each.pk, by=actor(principal), now=NOW)
    made = office.draft()
    actions.review(document_id=made.pk, by=office.by, now=NOW)

    posts = list_posts(principal.pk, DAY)
    found = {each.kind: each for each in list_todos(posts, now=LATER)}

    assert set(found) == {"document.receive", "document.relay"}
    assert When.OVERDUE in {each.when for each in found.values()}
    assert todos(office.director)[0] == ("document.sign", 1)
    assert ("document.sign", 1) not in todos(office.drafter)
    actions.sign(document_id=made.pk, by=office.signer, now=NOW)
    assert todos(office.drafter)[0] == ("document.issue", 1)


def test_a_county_is_told_which_of_its_own_let_the_day_go_by(office: Office) -> None:
    tree = office.tree
    county = make_staff("county", tree.county, Role.OFFICE)
    issued = office.issued(relay_by=DAY - timedelta(days=1))
    receipt = office.receipt(issued, tree.county)
    actions.relay(receipt_id=receipt.pk, onward=Onward(words="已转"), by=office.by, now=LATER)
    assert todos(county) == [("document.behind", 3)]
    receipt = office.receipt(issued, tree.school)
    actions.relay(receipt_id=receipt.pk, onward=Onward(words="已转"), by=office.by, now=LATER)

    assert todos(county) == [("document.behind", 2)]
    # Of the city's counties one has done it; the other county's schools are not the city's to ask.
    assert todos(office.director) == [("document.behind", 1)]


def test_what_waits_is_two_questions_to_the_database(
    office: Office, principal: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    office.issued()
    posts = list_posts(principal.pk, DAY)
    with django_assert_max_num_queries(2):
        list_todos(posts, now=LATER)


def more_schools(office: Office, number: int) -> list[Unit]:
    return [
        create_unit(
            spec=UnitSpec(
                key="school", kind=UnitKind.SCHOOL, name=f"第{place}小学",
                leads=office.tree.county.pk, guides=office.tree.county_education.pk,
            ),
            opened_on=OPENED_ON, actor=ACTOR, now=NOW,
        )
        for place in range(100, 100 + number)
    ]  # fmt: skip


@pytest.mark.parametrize("address", ["", "register", "one", "new", "at"])
def test_queries_do_not_grow_with_units_and_documents(
    client: Client,
    office: Office,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    address: str,
) -> None:
    tree = office.tree
    county = make_staff("county", tree.county, Role.OFFICE)
    client.force_login(county)

    def there(document: Document) -> str:
        return {
            "one": page(document),
            "at": page(document, f"/at/{tree.county.public_id}"),
            "new": f"/desk/documents/units/{tree.county.public_id}/new",
        }.get(address, f"/desk/documents/{address}")

    def ready(document: Document) -> str:
        receipt = office.receipt(document, tree.county)
        onward = Onward(to_lists=LISTS[1:])
        actions.relay(receipt_id=receipt.pk, onward=onward, by=actor(county), now=NOW)
        return there(document)

    first = ready(office.issued(to_lists=("leads:county",)))
    read(client, first)
    most = MOST_QUERIES
    with django_assert_max_num_queries(most) as few:
        read(client, first)

    more_schools(office, 12)
    for _ in range(4):
        second = ready(office.issued(to_lists=("leads:county",)))
    with django_assert_max_num_queries(len(few)):
        read(client, second)


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
