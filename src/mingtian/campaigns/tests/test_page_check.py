"""The public page: says what a code is, lists nothing, names nobody, works without scripts."""

import pytest
from django.test import Client
from django.urls import reverse

from mingtian.campaigns import actions
from mingtian.campaigns.models import LearningCode
from mingtian.campaigns.tests.conftest import Ground
from mingtian.core.models import AuditEntry
from mingtian.testing.make import ACTOR, NOW, invented_name

pytestmark = pytest.mark.usefixtures("at_seven")

PAGE = reverse("campaigns:check")


def page(client: Client, query: str = "", *, lang: str = "en") -> str:
    client.cookies["lang"] = lang
    reply = client.get(PAGE + query)
    assert reply.status_code == 200
    return reply.content.decode()


def test_the_empty_page_asks_and_promises(client: Client, db: None) -> None:
    shown = page(client)

    assert 'name="code"' in shown
    assert "Money. Taking part is free" in shown
    assert "data-state" not in shown


def test_a_genuine_code_names_issuer_unit_and_campaign(client: Client, running: Ground) -> None:
    shown = page(client, f"?code={running.code_of(running.tree.class_one)}")

    assert 'data-state="genuine"' in shown
    assert "Lanshan Care Committee" in shown
    assert "岚关工委〔2023〕20号" in shown
    assert "Anping County · No. 1 Primary School · Grade 3, Class 1" in shown
    assert "Care for tomorrow, law first" in shown
    assert "2023-09-18" in shown


def test_a_genuine_code_lets_in_and_no_way_leads_to_the_sign_in_of_the_staff(
    client: Client, running: Ground
) -> None:
    code = running.code_of(running.tree.class_one)

    shown = page(client, f"?code={code}")

    assert f'href="/e/{code}"' in shown
    assert 'href="/"' not in shown
    assert "/e/" not in page(client, "?code=k7m2q9xd")


def test_a_followed_address_shows_the_same(client: Client, running: Ground) -> None:
    code = running.code_of(running.tree.class_one)

    reply = client.get(reverse("campaigns:check-code", args=[code]))

    assert 'data-state="genuine"' in reply.content.decode()


def test_a_code_typed_with_a_space_and_capitals_is_found(client: Client, running: Ground) -> None:
    code = running.code_of(running.tree.class_one).upper()

    assert 'data-state="genuine"' in page(client, f"?code={code[:4]}+{code[4:]}")


def test_a_closed_code_is_told_as_closed(client: Client, running: Ground) -> None:
    code = LearningCode.objects.get(unit=running.tree.class_one)
    actions.close_code(code_id=code.pk, actor=ACTOR, now=NOW)

    shown = page(client, f"?code={code.code}")

    assert 'data-state="closed"' in shown
    assert "lets nobody in" in shown


@pytest.mark.parametrize(
    "typed", ["k7m2q9xd", "%3Cscript%3Ealert(1)", "学习码", "%00%00", "a" * 900]
)
def test_an_unknown_code_says_what_to_do(client: Client, running: Ground, typed: str) -> None:
    shown = page(client, f"?code={typed}")

    assert 'data-state="unknown"' in shown
    assert "Ask the class teacher by telephone" in shown
    assert "<script>alert" not in shown


def test_the_page_speaks_chinese(client: Client, running: Ground) -> None:
    shown = page(client, f"?code={running.code_of(running.tree.village)}", lang="zh-hans")

    assert "真码" in shown
    assert "安平县 · 河口镇 · 柳河村" in shown


def test_nobody_is_named_and_no_other_code_is_shown(client: Client, running: Ground) -> None:
    own = running.code_of(running.tree.class_one)

    shown = page(client, f"?code={own}", lang="zh-hans")

    others = LearningCode.objects.exclude(code=own).values_list("code", flat=True)
    assert not [code for code in others if code in shown]
    assert not [n for n in range(5) if invented_name(n) in shown]


def test_checking_leaves_no_trace(client: Client, running: Ground) -> None:
    before = AuditEntry.objects.count()

    page(client, f"?code={running.code_of(running.tree.class_one)}")

    assert AuditEntry.objects.count() == before
    assert "sessionid" not in client.cookies


def test_search_engines_are_asked_to_stay_out(client: Client, db: None) -> None:
    assert client.get(PAGE).headers["X-Robots-Tag"] == "noindex"


def test_nothing_is_posted_here(client: Client, db: None) -> None:
    assert client.post(PAGE).status_code == 405


def test_a_check_costs_few_queries(
    client: Client, running: Ground, django_assert_max_num_queries: object
) -> None:
    code = running.code_of(running.tree.class_one)

    with django_assert_max_num_queries(8):  # type: ignore[operator]
        page(client, f"?code={code}")
