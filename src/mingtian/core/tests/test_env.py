"""A setting that cannot be meant stops the start with a sentence that names it."""

import base64
from pathlib import Path

import pytest

from mingtian.core import env

NAME = "MINGTIAN_SAMPLE"
KEY = base64.b64encode(bytes(32)).decode()


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.delenv(NAME, raising=False)
    return monkeypatch


def test_what_is_not_set_is_the_default_or_required(given: pytest.MonkeyPatch) -> None:
    assert env.text(NAME, "usual") == "usual"
    with pytest.raises(env.BadSetting, match=f"{NAME} is required"):
        env.text(NAME)


def test_a_secret_comes_from_a_file(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("of the file\n")
    given.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    assert env.text(NAME) == "of the file"

    given.setenv(f"{NAME}_FILE", str(tmp_path / "gone"))
    with pytest.raises(env.BadSetting, match=f"{NAME}_FILE"):
        env.text(NAME)


@pytest.mark.parametrize(
    ("word", "means"), [("YES", True), ("1", True), ("off", False), ("", False)]
)
def test_yes_and_no_have_many_spellings(given: pytest.MonkeyPatch, word: str, means: bool) -> None:
    given.setenv(NAME, word)
    assert env.flag(NAME, default=not means) is means


@pytest.mark.parametrize("word", ["maybe", "2"])
def test_neither_yes_nor_no_is_refused(given: pytest.MonkeyPatch, word: str) -> None:
    given.setenv(NAME, word)
    with pytest.raises(env.BadSetting, match=NAME):
        env.flag(NAME, default=False)


@pytest.mark.parametrize("word", ["many", "4", "601", "5.5"])
def test_a_number_outside_its_limits_is_refused(given: pytest.MonkeyPatch, word: str) -> None:
    given.setenv(NAME, word)
    with pytest.raises(env.BadSetting, match=NAME):
        env.whole(NAME, 60, least=5, most=600)


def test_words_are_separated_by_commas(given: pytest.MonkeyPatch) -> None:
    given.setenv(NAME, " hall.example, ,desk.example ")
    assert env.words(NAME) == ["hall.example", "desk.example"]


def test_keys_are_numbered(given: pytest.MonkeyPatch) -> None:
    given.setenv(NAME, f"1:{KEY},2:{KEY}")
    assert env.keys(NAME) == {1: bytes(32), 2: bytes(32)}


@pytest.mark.parametrize(
    "text", ["", KEY, f"one:{KEY}", "1:short", "1:c2hvcnQ=", f"0:{KEY}", f"256:{KEY}"]
)
def test_what_is_no_key_is_refused_and_not_shown(given: pytest.MonkeyPatch, text: str) -> None:
    given.setenv(NAME, text)
    with pytest.raises(env.BadSetting, match=NAME) as refused:
        env.keys(NAME)
    assert KEY not in str(refused.value)


@pytest.mark.parametrize(
    "value", ["https://api.example", "http://127.0.0.1:9000", "https://a.example/"]
)
def test_another_server_is_named_by_its_origin(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)

    assert env.web_origin(NAME, "") == value.rstrip("/")


@pytest.mark.parametrize(
    "value", ["", "api.example", "http://api.example", "https://a.example/x", "ftp://a"]
)
def test_a_server_that_would_hear_secrets_unencrypted_is_refused(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv(NAME, value)

    with pytest.raises(env.BadSetting, match=NAME):
        env.web_origin(NAME, "https://fallback.example")
