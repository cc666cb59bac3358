"""Papers, the register, heads and lists, the way down taken out, few queries."""

from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mingtian.documents import actions
from mingtian.documents.actions import Onward
from mingtian.documents.models import Document
from mingtian.documents.rules import Genre
from mingtian.documents.tests.conftest import (
    FOUR_POINTS,
    LISTS,
    Office,
    actor,
)
from mingtian.documents.tests.paging import ENGLISH, MOST_QUERIES, page, read
from mingtian.org.actions import UnitSpec, create_unit
from mingtian.org.models import Unit
from mingtian.org.queries import list_posts
from mingtian.org.rules import Role, UnitKind
from mingtian.papers.word import open_docx
from mingtian.testing.cast import make_staff
from mingtian.testing.make import ACTOR, DAY, NOW, OPENED_ON

pytestmark = pytest.mark.usefixtures("late")


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


@pytest.mark.parametrize(("genre", "form"), [(Genre.NOTICE, "文件"), (Genre.LETTER, "")])
def test_the_page_shows_the_head_that_the_paper_has(
    client: Client, office: Office, genre: Genre, form: str
) -> None:
    issued = office.issued(genre=genre)
    client.force_login(office.drafter)

    shown = read(client, page(issued))

    assert f'<p class="sheet__mark">岚山市关心下一代工作委员会{form}</p>' in shown


def test_a_character_that_cannot_be_printed_is_told(client: Client, office: Office) -> None:
    made = office.draft(text="一\N{MUSICAL SYMBOL G CLEF}。")
    client.force_login(office.drafter)
    reply = client.get(page(made, "/paper.pdf"), headers=ENGLISH)
    assert reply.status_code == 422
    assert 'data-code="paper_undrawable"' in reply.content.decode()


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
