import pytest
from django.test import Client
from django.urls import reverse


@pytest.fixture
def browser() -> Client:
    return Client(HTTP_ACCEPT_LANGUAGE="zh-CN")


def test_the_chosen_language_is_remembered_and_the_reader_comes_back(browser: Client) -> None:
    answer = browser.post(reverse("web:language"), {"lang": "en", "next": "/desk/units?page=2"})

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/desk/units?page=2"
    assert answer.cookies["lang"].value == "en"
    assert answer.cookies["lang"]["samesite"] == "Lax"


def test_large_type_is_remembered_without_scripts(browser: Client) -> None:
    answer = browser.post(reverse("web:type"), {"type": "large", "next": "/desk"})

    assert answer.cookies["type"].value == "large"


@pytest.mark.parametrize(
    "target", ["//elsewhere.example/x", "https://elsewhere.example/", "javascript:alert(1)", ""]
)
def test_nobody_is_sent_to_another_site(browser: Client, target: str) -> None:
    answer = browser.post(reverse("web:language"), {"lang": "en", "next": target})

    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("address", "sent", "cookie"),
    [("web:language", {"lang": "xx"}, "lang"), ("web:type", {"type": "huge"}, "type")],
)
def test_an_unknown_choice_changes_nothing(
    browser: Client, address: str, sent: dict[str, str], cookie: str
) -> None:
    answer = browser.post(reverse(address), sent)

    assert answer.status_code == 302
    assert cookie not in answer.cookies


@pytest.mark.parametrize("address", ["web:language", "web:type"])
def test_a_link_cannot_press_a_switch(browser: Client, address: str) -> None:
    assert browser.get(reverse(address)).status_code == 405


def test_another_site_cannot_press_a_switch() -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(reverse("web:language"), {"lang": "en"})

    assert answer.status_code == 403
    assert "lang" not in answer.cookies
