"""Codes at the desk: within reach only, on screen, as pictures, on paper."""

import io

import pytest
import zxingcpp
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from PIL import Image

from mingtian.campaigns import actions
from mingtian.campaigns.models import LearningCode
from mingtian.campaigns.rules import Refusal
from mingtian.campaigns.tests.conftest import Ground
from mingtian.campaigns.tests.test_sheets import A4_POINTS, pages_of
from mingtian.campaigns.views import codes as code_views
from mingtian.org.models import Unit
from mingtian.testing.make import ACTOR, NOW, make_class

pytestmark = pytest.mark.usefixtures("at_seven")

LIST = reverse("campaigns:code-list")


def address(ground: Ground, unit: Unit, page: str = "code-detail") -> str:
    return reverse(f"campaigns:{page}", args=[ground.code_of(unit)])


def shown(client: Client, user: User, url: str) -> str:
    client.force_login(user)
    client.cookies["lang"] = "en"
    reply = client.get(url)
    assert reply.status_code == 200
    return reply.content.decode()


def grouped(code: str) -> str:
    return f"{code[:4]} {code[4:]}"


def test_the_class_teacher_sees_the_own_code_only(client: Client, running: Ground) -> None:
    page = shown(client, running.cast.teacher, LIST)

    assert grouped(running.code_of(running.tree.class_one)) in page
    assert grouped(running.code_of(running.tree.class_two)) not in page


def test_the_principal_sees_the_codes_of_the_school(client: Client, running: Ground) -> None:
    page = shown(client, running.cast.principal, LIST)

    assert grouped(running.code_of(running.tree.class_two)) in page
    assert grouped(running.code_of(running.tree.teachers)) in page
    assert grouped(running.code_of(running.tree.other_class)) not in page


@pytest.mark.parametrize("words", ["三年级一班", "第一小学 一班", "第一小学三年级一班"])
def test_a_search_finds_a_class_by_its_whole_path(
    client: Client, running: Ground, words: str
) -> None:
    page = shown(client, running.cast.office, f"{LIST}?q={words}")

    assert grouped(running.code_of(running.tree.class_one)) in page
    assert grouped(running.code_of(running.tree.class_two)) not in page


def test_a_search_understands_english_names(client: Client, running: Ground) -> None:
    page = shown(client, running.cast.office, f"{LIST}?q=class beihe")

    assert "1 open code" in page
    assert grouped(running.code_of(running.tree.far_class)) in page


def test_a_search_finds_a_code_as_it_is_written_on_paper(client: Client, running: Ground) -> None:
    code = running.code_of(running.tree.village)

    page = shown(client, running.cast.office, f"{LIST}?q={grouped(code).upper()}")

    assert "1 open code" in page
    assert grouped(code) in page


def test_a_search_in_vain_says_what_to_try(client: Client, running: Ground) -> None:
    assert "No code found" in shown(client, running.cast.office, f"{LIST}?q=%00nowhere")


def test_before_the_first_campaign_the_list_says_what_will_come(
    client: Client, planned: Ground
) -> None:
    assert "No learning code yet" in shown(client, planned.cast.office, LIST)


def test_the_list_narrows_to_a_school_and_offers_its_booklet(
    client: Client, running: Ground
) -> None:
    school = running.tree.school.public_id

    page = shown(client, running.cast.office, f"{LIST}?unit={school}")

    assert reverse("campaigns:booklet", args=[school]) in page
    assert grouped(running.code_of(running.tree.far_class)) not in page


def test_the_code_is_shown_large_with_its_picture(client: Client, running: Ground) -> None:
    page = shown(client, running.cast.teacher, address(running, running.tree.class_one))

    assert address(running, running.tree.class_one, "code-svg") in page
    assert grouped(running.code_of(running.tree.class_one)) in page
    assert "Grade 3, Class 1" in page
    assert "Replace the code" not in page


def test_the_pictures_read_back_as_the_address(client: Client, running: Ground) -> None:
    client.force_login(running.cast.teacher)
    reply = client.get(address(running, running.tree.class_one, "code-png"))

    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(reply.content)).convert("L"))

    code = running.code_of(running.tree.class_one)
    assert reply.headers["Content-Type"] == "image/png"
    assert [each.text for each in found] == [f"{settings.PUBLIC_ORIGIN}/e/{code}"]
    svg = client.get(address(running, running.tree.class_one, "code-svg"))
    assert svg.headers["Content-Type"] == "image/svg+xml"


@pytest.mark.parametrize("query", ["", "?lang=en", "?lang=nonsense"])
def test_the_sheet_is_one_page_of_a4(client: Client, running: Ground, query: str) -> None:
    client.force_login(running.cast.teacher)

    reply = client.get(address(running, running.tree.class_one, "code-sheet") + query)

    assert reply.headers["Content-Type"] == "application/pdf"
    assert pages_of(reply.content) == [A4_POINTS]


def test_the_booklet_has_a_page_for_each_group_of_the_school(
    client: Client, running: Ground
) -> None:
    client.force_login(running.cast.principal)

    reply = client.get(reverse("campaigns:booklet", args=[running.tree.school.public_id]))

    assert pages_of(reply.content) == [A4_POINTS] * 3


def test_a_booklet_without_codes_is_refused_in_words(client: Client, running: Ground) -> None:
    client.force_login(running.cast.office)
    client.cookies["lang"] = "en"
    empty = make_class(running.tree.grade)

    reply = client.get(reverse("campaigns:booklet", args=[empty.public_id]))

    assert reply.status_code == 409
    assert f'data-code="{Refusal.NO_SHEETS}"' in reply.content.decode()
    assert "no open learning code" in reply.content.decode()


def test_a_booklet_of_a_whole_county_is_refused_in_words(
    client: Client, running: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(code_views, "MOST_SHEETS", 2)
    client.force_login(running.cast.office)
    client.cookies["lang"] = "en"

    reply = client.get(reverse("campaigns:booklet", args=[running.tree.county.public_id]))

    assert reply.status_code == 409
    assert f'data-code="{Refusal.TOO_MANY_SHEETS}"' in reply.content.decode()
    assert "at most 2 sheets" in reply.content.decode()


def test_a_closed_code_is_not_printed(client: Client, running: Ground) -> None:
    code = LearningCode.objects.get(unit=running.tree.class_one)
    actions.close_code(code_id=code.pk, actor=ACTOR, now=NOW)
    client.force_login(running.cast.teacher)

    reply = client.get(reverse("campaigns:code-sheet", args=[code.code]))

    assert reply.status_code == 409
    assert f'data-code="{Refusal.CODE_CLOSED}"' in reply.content.decode()


PAGES = ["code-detail", "code-svg", "code-png", "code-sheet"]


@pytest.mark.parametrize("page", PAGES)
def test_the_outsider_finds_nothing(client: Client, running: Ground, page: str) -> None:
    client.force_login(running.cast.outsider)

    assert client.get(address(running, running.tree.class_one, page)).status_code == 404
    assert client.get(reverse(f"campaigns:{page}", args=["k7m2q9xd"])).status_code == 404


def test_the_outsider_gets_no_booklet_and_no_narrowed_list(client: Client, running: Ground) -> None:
    client.force_login(running.cast.outsider)
    school = running.tree.school.public_id

    assert client.get(reverse("campaigns:booklet", args=[school])).status_code == 404
    assert client.get(f"{LIST}?unit={school}").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_without_sign_in_the_desk_asks_for_it(client: Client, running: Ground, page: str) -> None:
    reply = client.get(address(running, running.tree.class_one, page))

    assert reply.status_code == 302
    assert reply.headers["Location"].startswith(settings.LOGIN_URL)


def test_the_principal_replaces_a_code(client: Client, running: Ground) -> None:
    client.force_login(running.cast.principal)
    old = running.code_of(running.tree.class_one)

    reply = client.post(reverse("campaigns:code-reissue", args=[old]))

    new = running.code_of(running.tree.class_one)
    assert new != old
    assert reply.headers["Location"] == reverse("campaigns:code-detail", args=[new])


def test_the_principal_closes_a_code(client: Client, running: Ground) -> None:
    client.force_login(running.cast.principal)
    code = running.code_of(running.tree.class_one)

    client.post(reverse("campaigns:code-close", args=[code]))

    assert LearningCode.objects.get(code=code).closed_at == NOW


@pytest.mark.parametrize("verb", ["code-close", "code-reissue"])
@pytest.mark.parametrize("who", ["teacher", "outsider"])
def test_others_may_not_change_a_code(client: Client, running: Ground, verb: str, who: str) -> None:
    client.force_login(getattr(running.cast, who))
    url = address(running, running.tree.class_one, verb)

    assert client.post(url).status_code == 404
    assert client.get(url).status_code == 405


def test_the_list_costs_the_same_for_many_codes(
    client: Client, running: Ground, django_assert_max_num_queries: object
) -> None:
    for _each in range(20):
        make_class(running.tree.grade)
    running.act("issue_codes")
    client.force_login(running.cast.office)

    with django_assert_max_num_queries(14):  # type: ignore[operator]
        client.get(LIST)
