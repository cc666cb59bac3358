"""The exchange of a code, against a server that follows the published protocol."""

import logging

import pytest
from django.conf import LazySettings

from mingtian.core.errors import RuleBroken
from mingtian.wechat import exchange
from mingtian.wechat.rules import Refusal, onward
from mingtian.wechat.tests.published import SECRET, WeChat


def refusal_of(code: str) -> str:
    with pytest.raises(RuleBroken) as caught:
        exchange.ask_who(code)
    return caught.value.code


def test_a_code_gives_the_account_once(wechat: WeChat) -> None:
    code = wechat.code()

    answer = exchange.ask_who(code)

    assert (answer.openid, answer.snapshot) == (wechat.openid, False)
    assert refusal_of(code) == Refusal.CODE_USED


def test_a_snapshot_page_is_told_apart(wechat: WeChat) -> None:
    wechat.snapshot = True

    assert exchange.ask_who(wechat.code()).snapshot


def test_an_invented_code_is_refused(wechat: WeChat) -> None:
    assert refusal_of("invented") == Refusal.CODE_USED


@pytest.mark.parametrize(
    ("behaviour", "refusal"),
    [
        ("busy", Refusal.BUSY),
        ("garbage", Refusal.UNCLEAR),
        ("endless", Refusal.UNCLEAR),
        ("nobody", Refusal.UNCLEAR),
        ("list", Refusal.UNCLEAR),
        ("redirects", Refusal.UNCLEAR),
        ("silent", Refusal.NO_ANSWER),
    ],
)
def test_a_server_that_misbehaves_ends_in_words(
    wechat: WeChat, behaviour: str, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "SECONDS", 0.2)
    code = wechat.code()
    wechat.behaviour = behaviour

    assert refusal_of(code) == refusal


def test_a_server_that_is_not_there_ends_in_words(wechat: WeChat, settings: LazySettings) -> None:
    settings.WECHAT_API = "http://127.0.0.1:1"

    assert refusal_of("any") == Refusal.NO_ANSWER


@pytest.mark.parametrize("setting", ["WECHAT_APPID", "WECHAT_SECRET"])
def test_a_wrong_account_or_secret_is_for_the_operator(
    wechat: WeChat, settings: LazySettings, setting: str, caplog: pytest.LogCaptureFixture
) -> None:
    setattr(settings, setting, "another")

    with caplog.at_level(logging.DEBUG):
        assert refusal_of(wechat.code()) == Refusal.SET_UP_WRONG

    assert SECRET not in caplog.text
    assert "code0" not in caplog.text


@pytest.mark.parametrize("path", ["/e/k7m2q9xd", "/hall/3", "/my", "/my/rights?lang=en"])
def test_the_way_back_leads_to_families_pages(path: str) -> None:
    assert onward(path) == path


@pytest.mark.parametrize(
    "path",
    ["", "//evil.example/e/", "https://evil.example", "/desk", "/my//evil", "/e/\\evil", "/e/a\nb",
     "/mystery", "javascript:alert(1)", "/e/" + "a" * 300],
)  # fmt: skip
def test_the_way_back_leads_nowhere_else(path: str) -> None:
    assert onward(path) == "/my"
