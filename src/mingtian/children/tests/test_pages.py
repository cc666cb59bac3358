"""Pages of the register: what each post meets there, and what a press does."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from mingtian.children import queries
from mingtian.children.actions import Registered
from mingtian.children.rules import ConsentPurpose
from mingtian.core.models import AuditEntry
from mingtian.org.rules import Role
from mingtian.testing.cast import PASSWORD, make_staff
from mingtian.testing.children import NAME, agree, make_aided_child, make_child
from mingtian.testing.make import NOW, Tree, invented_name
from mingtian.vault.access import enter, keep
from mingtian.vault.actions import give_part
from mingtian.vault.models import Reading
from mingtian.vault.rules import Part, Purpose
from mingtian.web import paging

Most = Callable[[int], Any]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)


@pytest.fixture
def child(tree: Tree, worker: User) -> Registered:
    made = make_child(worker, tree.village, tree.school)
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        agree(door, made.id, ConsentPurpose.CASE_WORK)
    return made


def shown(client: Client, name: str, *parts: str) -> str:
    reply = client.get(reverse(f"children:{name}", args=parts))
    assert reply.status_code == 200
    assert "no-store" in reply.headers["Cache-Control"]
    return html.unescape(reply.content.decode())


def sent(client: Client, name: str, /, *parts: str, **fields: object) -> tuple[int, str]:
    reply = client.post(reverse(f"children:{name}", args=parts), fields)
    assert "no-store" in reply.headers["Cache-Control"]
    return reply.status_code, html.unescape(reply.content.decode())


def receipt_of(page: str) -> str:
    found = re.search(r'name="looked" value="([^"]+)"', page)
    assert found
    return found[1]


WHO = {
    "sex": "girl", "father": "other_province", "mother": "home", "grade": "四年级",
    "boarding": "yes", "kin": "mother",
}  # fmt: skip


def test_a_child_is_looked_for_and_then_registered(
    tree: Tree, worker: User, client: Client
) -> None:
    client.force_login(worker)
    unit = tree.village.public_id

    _, looked = sent(client, "look", text="周明川", unit=unit)
    receipt = receipt_of(looked)
    status, form = sent(client, "new", name="周明川", unit=unit, looked=receipt)
    assert (status, 'value="周明川"' in form) == (200, True)
    fields = {
        "name": "周明川", "birth_year": 2013, "unit": unit, "looked": receipt, "save": "yes",
        "guardian": "周安和", "phone": "13900000003", "category": "left_behind:both_away",
        "starts_on": "2023-01-01", "school": tree.school.public_id, **WHO,
    }  # fmt: skip
    status, _page = sent(client, "new", **fields)
    assert status == 302
    again, page = sent(client, "new", **fields)

    assert (again, 'data-code="children_doubles"' in page) == (422, True)
    assert "周明川" in shown(client, "register")
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        assert queries.list_children(door).number == 1, "a second press adds nobody"


def test_a_refused_file_leaves_the_way_to_the_pages_and_the_choices(
    tree: Tree, worker: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page then stands at the file's address, which answers presses alone."""
    monkeypatch.setattr(paging, "ROWS", 1)
    for number in range(2):
        make_child(worker, tree.village, name=invented_name(number))
    client.force_login(worker)

    status, page = sent(client, "register-file", "csv", state="all", password="wrong")

    assert status == 422
    assert re.findall(r'rel="next" href="([^"]+)"', page) == [
        f"{reverse('children:register')}?state=all&page=2"
    ]
    assert f'action="{reverse("children:register")}" class="children-filters"' in page


def test_without_a_look_there_is_no_form_and_no_child(
    tree: Tree, worker: User, client: Client
) -> None:
    client.force_login(worker)
    assert client.get(reverse("children:new")).headers["Location"] == reverse("children:look")
    status, page = sent(
        client,
        "new",
        name="周明川",
        birth_year=2013,
        unit=tree.village.public_id,
        save="yes",
        **WHO,
    )
    assert (status, 'data-code="children_look_first"' in page) == (422, True)


def test_a_form_left_open_too_long_looks_again_by_itself_and_keeps_what_was_typed(
    tree: Tree, worker: User, client: Client
) -> None:
    client.force_login(worker)
    fields = {
        "name": "周明川", "birth_year": 2013, "unit": tree.village.public_id, "looked": "old",
        "save": "yes", "address": "沿河街南侧", **WHO,
    }  # fmt: skip

    status, page = sent(client, "new", **fields)

    assert (status, 'data-code="children_look_first"' in page) == (422, True)
    assert 'value="沿河街南侧"' in page
    assert AuditEntry.objects.filter(action="children.looked").count() == 1
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        assert queries.list_children(door).number == 0, "what was found is shown first"
    status, _page = sent(client, "new", **{**fields, "looked": receipt_of(page)})
    assert status == 302


def test_a_form_left_open_too_long_shows_who_has_come_onto_the_register(
    child: Registered, tree: Tree, worker: User, client: Client
) -> None:
    client.force_login(worker)
    fields = {
        "name": NAME, "birth_year": 2014, "unit": tree.village.public_id, "looked": "old",
        "save": "yes", **WHO,
    }  # fmt: skip

    status, page = sent(client, "new", **fields)

    assert (status, 'data-code="children_look_first"' in page) == (422, True)
    assert reverse("children:child", args=[child.public_id]) in page
    assert 'name="despite"' in page


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": "周1"}, "children_name_unprintable"),
        ({"name": "周" * 41}, "children_name_too_long"),
        ({"name": "周"}, "children_name_missing"),
        ({"birth_year": 1990}, "children_not_a_minor"),
        ({"address": "231321 20130101 0012"}, "children_citizen_number"),
        ({"grade": "四" * 121}, "children_line_too_long"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_stays_typed(
    wrong: dict[str, object], code: str, child: Registered, worker: User, client: Client
) -> None:
    client.force_login(worker)
    fields = {"name": NAME, "birth_year": 2014, "sex": "boy", "father": "home", "mother": "home"}
    status, page = sent(client, "correct", child.public_id, **{**fields, **wrong})

    assert (status, f'data-code="{code}"' in page) == (422, True)
    assert str(next(iter(wrong.values()))) in page


def test_a_telephone_that_is_none_is_refused(
    child: Registered, worker: User, client: Client
) -> None:
    client.force_login(worker)
    status, page = sent(
        client, "add-guardian", child.public_id, guardian="周安和", kin="mother", phone="12"
    )
    assert (status, 'data-code="children_phone_unknown"' in page) == (422, True)


def test_what_is_kept_can_be_seen_and_set_right(
    child: Registered, worker: User, client: Client
) -> None:
    client.force_login(worker)
    kept = shown(client, "kept", child.public_id)
    assert NAME in kept
    assert "柳河村三组" in kept
    assert "13900000001" in kept
    assert "与父母情况的记录不符" not in shown(client, "child", child.public_id)

    status, _page = sent(
        client, "correct", child.public_id, name=NAME, birth_year=2014, sex="girl",
        father="home", mother="dead", address="柳河村五组",
    )  # fmt: skip
    assert status == 302
    page = shown(client, "child", child.public_id)
    assert "柳河村五组" in page
    assert "与父母情况的记录不符" in page, "both parents away, and the father at home"
    with keep("look"):
        assert {one.purpose for one in Reading.objects.all()} == {"case_work", "rights"}


def test_categories_consents_and_guardians_are_noted_on_the_page(
    child: Registered, worker: User, client: Client
) -> None:
    client.force_login(worker)
    number = child.public_id
    day = {"starts_on": "2023-02-01", "given_on": "2023-02-01"}
    presses: list[tuple[str, dict[str, object]]] = [
        ("note-category", {"category": "poverty:low_income", **day}),
        ("note-consent", {"purpose": "aid", "party": "guardian", "way": "visit", **day}),
        ("add-guardian", {"guardian": "周安和", "kin": "mother", "phone": ""}),
    ]
    for name, fields in presses:
        assert sent(client, name, number, **fields)[0] == 302
    page = shown(client, "child", number)

    assert "低收入家庭" in page
    assert "周安和" in page
    (withdraw,) = set(re.findall(rf"/{number}/consents/(\w+)/withdraw", page)) - {
        re.findall(rf"/{number}/consents/(\w+)/withdraw", page)[-1]
    }
    assert "确认已撤回" in page, "a second press"
    assert sent(client, "withdraw", number, withdraw)[0] == 302
    page = shown(client, "child", number)
    assert re.search(r"已撤回\s*</span>", page)
    assert f"/consents/{withdraw}/withdraw" not in page


def test_what_a_guardian_is_to_the_child_is_chosen_and_never_guessed(
    child: Registered, worker: User, client: Client
) -> None:
    client.force_login(worker)
    status, page = sent(client, "add-guardian", child.public_id, guardian="周安和", kin="")
    assert status == 422
    assert "请选择监护人与孩子的关系" in page
    assert "周安和" in page


def test_a_first_guardian_without_kin_is_asked_for_and_nobody_is_registered(
    tree: Tree, worker: User, client: Client
) -> None:
    client.force_login(worker)
    unit = tree.village.public_id
    _, looked = sent(client, "look", text="周明川", unit=unit)
    fields = {
        "name": "周明川", "birth_year": 2014, "unit": unit, "looked": receipt_of(looked), **WHO,
        "guardian": "周安和", "kin": "", "save": "1",
    }  # fmt: skip
    status, page = sent(client, "new", **fields)
    assert status == 422
    assert "请选择监护人与孩子的关系" in page
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        assert queries.list_children(door).number == 0


@pytest.mark.parametrize("name", ["note-category", "note-consent", "add-guardian"])
def test_an_empty_form_is_shown_again(
    name: str, child: Registered, worker: User, client: Client
) -> None:
    client.force_login(worker)
    status, page = sent(client, name, child.public_id)
    assert (status, "field--wrong" in page) == (422, True)


def test_the_office_meets_a_number_and_who_has_read(
    tree: Tree, worker: User, child: Registered, client: Client
) -> None:
    client.force_login(worker)
    shown(client, "child", child.public_id)
    client.force_login(make_staff("office", tree.town, Role.OFFICE))

    listed, page = shown(client, "register"), shown(client, "child", child.public_id)
    read = shown(client, "readings", child.public_id)

    for text in (listed, page, read):
        assert child.public_id in text
        assert NAME not in text
    assert "worker" in read
    assert reverse("vault:ask", args=[child.public_id]) in page


def test_a_child_in_no_category_is_not_called_one_for_aid(
    tree: Tree, worker: User, client: Client
) -> None:
    make_child(worker, tree.village, tree.school, categories=())
    client.force_login(make_staff("town-office", tree.town, Role.OFFICE))

    page = shown(client, "register")

    sums = page[page.index("sums-title") : page.index("</section>", page.index("sums-title"))]
    assert "不属任何类别" in sums
    assert "资助" not in sums


def test_a_clerk_meets_the_name_and_no_home(
    tree: Tree, clerk: User, child: Registered, client: Client
) -> None:
    made = make_aided_child(clerk, tree.village, tree.school, name="冯晨")
    client.force_login(clerk)
    for number in (made.public_id, child.public_id):
        page = shown(client, "child", number)
        assert "柳河村三组" not in page
        assert "监护缺失" not in page
        assert "类别" not in page
        assert "心理辅导" not in page
    listed = shown(client, "register")
    assert "冯晨" in listed
    assert "类别" not in listed
    given = client.post(
        reverse("children:register-file", args=["csv"]), {"password": PASSWORD}
    ).content.decode()
    assert (made.public_id in given, "类别" in given, "留守" in given) == (True, False, False)
    with keep("look"):
        assert {one.purpose for one in Reading.objects.filter(user=clerk.pk)} == {"aid"}


def test_who_was_let_in_reads_as_such(
    tree: Tree, worker: User, child: Registered, client: Client
) -> None:
    reader = make_staff("reader", tree.town, Role.OFFICE)
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        give_part(door, child.id, user_id=reader.pk, part=Part.READER, source="test:1")
    client.force_login(reader)
    assert NAME in shown(client, "child", child.public_id)
    with keep("look"):
        assert Reading.objects.get(user=reader.pk).purpose == "approved_reading"


def test_a_helper_has_no_page_in_the_register(
    tree: Tree, worker: User, child: Registered, client: Client
) -> None:
    helper = make_staff("helper", tree.village, Role.HELPER)
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        give_part(door, child.id, user_id=helper.pk, part=Part.HELPER, source="test:1")
    client.force_login(helper)
    assert client.get(reverse("children:child", args=[child.public_id])).status_code == 404


@pytest.mark.parametrize("children", [1, 8])
@pytest.mark.parametrize("role", [Role.CASE_WORKER, Role.OFFICE])
def test_pages_ask_the_same_number_of_questions_however_many_children(
    children: int, role: Role, tree: Tree, worker: User, client: Client,
    django_assert_num_queries: Most, django_assert_max_num_queries: Most,
) -> None:  # fmt: skip
    made = [
        make_child(worker, tree.village, tree.school, name=invented_name(number))
        for number in range(children)
    ]
    user = worker if role is Role.CASE_WORKER else make_staff("office", tree.town, role)
    client.force_login(user)
    asked = QUERIES[role]
    with django_assert_num_queries(asked["register"]):
        shown(client, "register")
    with django_assert_max_num_queries(24):  # half of them count tries of the password
        assert sent(client, "register-file", "csv", password=PASSWORD)[0] == 200
    with django_assert_num_queries(asked["child"]):
        shown(client, "child", made[0].public_id)
    with django_assert_num_queries(asked["readings"]):
        shown(client, "readings", made[0].public_id)
    if role is Role.CASE_WORKER:
        with django_assert_num_queries(asked["kept"]):
            shown(client, "kept", made[0].public_id)


QUERIES = {
    Role.CASE_WORKER: {"register": 14, "child": 16, "readings": 14, "kept": 15},
    Role.OFFICE: {"register": 11, "child": 12, "readings": 14},
}
"""With the two that begin and end the door's transaction and the two that sign in."""


def test_a_colleague_is_offered_only_a_child_for_whom_nobody_works(
    client: Client, tree: Tree, child: Registered
) -> None:
    clerk = make_staff("enters", tree.school, Role.AID_CLERK)
    aided = make_aided_child(clerk, tree.village, tree.school, name="林小满")
    client.force_login(make_staff("colleague", tree.town, Role.CASE_WORKER))

    assert "/take-up" not in shown(client, "child", child.public_id)
    assert "/take-up" in shown(client, "child", aided.public_id)


def test_a_clerk_notes_consents_to_aid_alone(
    tree: Tree, clerk: User, child: Registered, client: Client
) -> None:
    client.force_login(clerk)
    said = {"party": "guardian", "way": "paper", "given_on": "2023-09-01"}
    assert sent(client, "note-consent", child.public_id, purpose="aid", **said)[0] == 302
    status, page = sent(client, "note-consent", child.public_id, purpose="helping", **said)
    assert (status, 'data-code="children_consent_to_aid_only"' in page) == (422, True)
    note = reverse("children:note-category", args=[child.public_id])
    assert client.post(note).status_code == 404


def test_the_register_is_taken_out_after_the_password_and_that_is_noted(
    tree: Tree, worker: User, child: Registered, client: Client
) -> None:
    client.force_login(make_staff("office", tree.town, Role.OFFICE))
    assert client.get(reverse("children:register-file", args=["csv"])).status_code == 405
    status, page = sent(client, "register-file", "csv", password="guess")
    assert (status, 'data-code="children_password_wrong"' in page) == (422, True)
    assert not AuditEntry.objects.filter(action="children.taken_out").exists()

    status, given = sent(client, "register-file", "csv", password=PASSWORD, state="open")
    assert (status, child.public_id in given, "留守" in given) == (200, True, True)
    (entry,) = AuditEntry.objects.filter(action="children.taken_out")
    assert (entry.actor, entry.detail) == ("office", {"children": 1, "form": "csv"})


def test_after_ten_tries_even_the_right_password_takes_nothing_out(
    worker: User, child: Registered, client: Client
) -> None:
    client.force_login(worker)
    for _ in range(10):
        sent(client, "register-file", "csv", password="guess")
    assert sent(client, "register-file", "csv", password=PASSWORD)[0] == 422
