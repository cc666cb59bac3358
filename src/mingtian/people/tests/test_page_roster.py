"""The roster page: upload, preview, commit; for posts within reach, keeping nothing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from mingtian.core import clock
from mingtian.org.models import Unit
from mingtian.people.models import Person, RosterBatch
from mingtian.people.rosters import reading
from mingtian.testing.cast import Cast, make_cast
from mingtian.testing.make import Tree, make_pupils, make_tree
from mingtian.testing.roster_files import workbook

pytestmark = pytest.mark.django_db

# The page reads the clock; units of the small world are open ever since.
ROWS: list[list[object]] = [
    ["第一小学", "三年级", "一班", 1, "林小满"],
    ["第一小学", "三年级", "一班", 2, "𬱖䶮〇𫖯"],
    ["第一小学", "三年级", "一班", "13912345678", "许一诺"],
]


@pytest.fixture
def tree() -> Tree:
    return make_tree()


@pytest.fixture
def cast(tree: Tree) -> Cast:
    return make_cast(tree)


@pytest.fixture
def browser(cast: Cast, client: Client) -> Client:
    client.force_login(cast.principal)
    client.cookies["lang"] = "en"
    return client


def upload(browser: Client, under: Unit, content: bytes, **choices: str) -> HttpResponse:
    file = SimpleUploadedFile("roster.xlsx", content)
    sent = {"under": under.public_id, "file": file, **choices}
    return browser.post(reverse("people:roster"), sent)  # type: ignore[return-value]


def address(name: str) -> str:
    return reverse(f"people:{name}", args=[RosterBatch.objects.get().public_id])


def test_from_the_upload_over_the_preview_to_the_roster(browser: Client, tree: Tree) -> None:
    sent = upload(browser, tree.school, workbook(ROWS))

    assert sent.headers["Location"] == address("roster-preview")
    seen = browser.get(address("roster-preview"))
    assert seen.context["preview"].new == 2
    shown = seen.content.decode()
    assert "This is a telephone number." in shown
    assert "林小满" not in shown
    assert "13912345678" not in shown
    assert not Person.objects.exists()

    done = browser.post(address("roster-commit"), follow=True)

    assert "2 new" in done.content.decode()
    assert Person.objects.filter(unit=tree.class_one).count() == 2
    assert not RosterBatch.objects.exists()


def test_the_stored_upload_is_sealed(browser: Client, tree: Tree) -> None:
    content = "学号,姓名,班级\n1,林小满,一班".encode()

    upload(browser, tree.school, content)

    stored = bytes(RosterBatch.objects.get().content_sealed)
    assert "林小满".encode() not in stored
    assert content not in stored


def test_refused_rows_come_as_a_workbook_while_the_upload_is_there(
    browser: Client, tree: Tree
) -> None:
    upload(browser, tree.school, workbook(ROWS))

    reply = browser.get(address("roster-rejected"))

    assert reply.content.startswith(b"PK")
    assert reply.headers["Content-Disposition"] == "attachment; filename=refused-rows.xlsx"
    assert reply.headers["Cache-Control"] == "no-store"


def test_a_dropped_upload_is_gone_and_nothing_changed(browser: Client, tree: Tree) -> None:
    upload(browser, tree.school, workbook(ROWS))
    preview = address("roster-preview")

    browser.post(address("roster-drop"))

    assert not RosterBatch.objects.exists()
    assert not Person.objects.exists()
    assert browser.get(preview).status_code == 404


def test_a_second_press_on_the_commit_finds_nothing(browser: Client, tree: Tree) -> None:
    upload(browser, tree.school, workbook(ROWS))
    commit = address("roster-commit")
    browser.post(commit)

    assert browser.post(commit).status_code == 404
    assert Person.objects.count() == 2


def test_choices_are_kept_with_the_upload(browser: Client, tree: Tree) -> None:
    make_pupils(tree.class_one, ["林小满", "𬱖䶮〇𫖯", "何思远"])
    rows: list[list[object]] = [*ROWS[:2], ["第一小学", "五年级", "1班", 1, "周晨"]]

    upload(browser, tree.school, workbook(rows), create_missing="on", mark_absent="on")
    shown = browser.get(address("roster-preview")).content.decode()
    browser.post(address("roster-commit"))

    assert "五年级1班" in shown
    assert "1 will be marked as left today." in shown
    assert Person.objects.filter(left_on=None).count() == 3


def test_a_file_that_is_no_roster_is_told_beside_the_field(browser: Client, tree: Tree) -> None:
    reply = upload(browser, tree.school, b"%PDF-1.7\n\x00\x01")

    assert reply.status_code == 422
    assert "This file is no table." in reply.content.decode()
    assert not RosterBatch.objects.exists()


def test_a_file_above_the_limit_is_refused(
    browser: Client, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 100)

    reply = upload(browser, tree.school, workbook(ROWS))

    assert "The file is too large." in reply.content.decode()


def test_without_a_file_the_field_says_so(browser: Client, tree: Tree) -> None:
    reply = browser.post(reverse("people:roster"), {"under": tree.school.public_id})

    assert reply.status_code == 422
    assert "Choose a file." in reply.content.decode()


def test_a_unit_out_of_reach_looks_like_none(browser: Client, tree: Tree) -> None:
    for unit in (tree.far_school, tree.county):
        assert upload(browser, unit, workbook(ROWS)).status_code == 404
        page = reverse("people:roster") + f"?under={unit.public_id}"
        assert browser.get(page).status_code == 404


def test_a_unit_within_reach_can_be_asked_for(browser: Client, tree: Tree) -> None:
    page = browser.get(reverse("people:roster") + f"?under={tree.class_two.public_id}")

    assert [choice[0] for choice in page.context["form"].fields["under"].choices] == [
        tree.class_two.public_id,
        tree.school.public_id,
    ]


def test_an_upload_of_somebody_else_or_expired_is_not_there(
    browser: Client, tree: Tree, cast: Cast
) -> None:
    upload(browser, tree.school, workbook(ROWS))
    addresses = [address(f"roster-{word}") for word in ("preview", "rejected")]
    commit = address("roster-commit")
    stranger = Client()
    stranger.force_login(cast.office)

    assert [stranger.get(each).status_code for each in addresses] == [404, 404]
    assert stranger.post(commit).status_code == 404
    RosterBatch.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert [browser.get(each).status_code for each in addresses] == [404, 404]
    assert browser.post(commit).status_code == 404

    upload(browser, tree.school, workbook(ROWS))

    assert RosterBatch.objects.count() == 1


def test_a_post_that_ended_after_the_upload_cannot_commit(browser: Client, tree: Tree) -> None:
    upload(browser, tree.school, workbook(ROWS))
    tree.school.posts.update(ends_on=clock.now().date() - timedelta(days=2))

    for page in ("roster-preview", "roster-rejected"):
        assert browser.get(address(page)).status_code == 404
    assert browser.post(address("roster-commit")).status_code == 404
    assert not Person.objects.exists()


def test_wrong_methods_and_forged_forms_are_refused(browser: Client, tree: Tree) -> None:
    upload(browser, tree.school, workbook(ROWS))
    assert browser.get(address("roster-commit")).status_code == 405
    assert browser.get(address("roster-drop")).status_code == 405
    assert browser.post(address("roster-preview")).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies

    assert upload(strict, tree.school, workbook(ROWS)).status_code == 403
    assert strict.post(address("roster-commit")).status_code == 403


def test_without_a_post_the_page_says_what_to_do(client: Client, django_user_model: object) -> None:
    user = django_user_model.objects.create_user("nobody")  # type: ignore[attr-defined]
    client.force_login(user)

    reply = client.get(reverse("people:roster"), headers={"accept-language": "en"})

    assert "Nothing to bring in from your post" in reply.content.decode()


def test_an_empty_roster_can_be_filled_in(browser: Client, tree: Tree) -> None:
    from mingtian.people.rosters.headings import find_sheet

    content = browser.get(reverse("people:roster-template")).content

    assert len(find_sheet(reading.read_tables(content)).columns) == 5


def test_the_preview_of_a_county_needs_no_more_queries_than_that_of_a_class(
    browser: Client, tree: Tree, django_assert_max_num_queries: object
) -> None:
    upload(browser, tree.school, workbook(ROWS * 1))

    with django_assert_max_num_queries(12):  # type: ignore[operator]
        browser.get(address("roster-preview"))
