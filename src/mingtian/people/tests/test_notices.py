"""The notice that families agree to: readable by anybody, and never changed afterwards."""

from hashlib import blake2b

import pytest
from django.template.loader import get_template
from django.test import Client

from mingtian.people.queries.notices import LANGUAGES, Form, notice_template
from mingtian.people.rules import CONSENT_VERSION, PILOTS_SINCE

TEXTS = {
    (1, "zh-hans", "short"): "9609859526509771",
    (1, "zh-hans", "full"): "4e63a121d9554d7a",
    (1, "en", "short"): "4403ce0ab675f235",
    (1, "en", "full"): "41a82f7869b3fc15",
    (2, "zh-hans", "short"): "6dfa4ab102ffc2d4",
    (2, "zh-hans", "full"): "ca488f00774aca3f",
    (2, "en", "short"): "8c1bee943de7876e",
    (2, "en", "full"): "b8f79021ea079432",
}
"""A digest of every text that families may have agreed to."""


def source(version: int, language: str, form: Form) -> str:
    name = notice_template(version, language, form)
    assert name
    return str(get_template(name).template.source)  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", TEXTS)
def test_a_text_that_families_agreed_to_does_not_change(key: tuple[int, str, Form]) -> None:
    """Write a new version and raise CONSENT_VERSION, so that everybody is asked again."""
    digest = blake2b(source(*key).encode(), digest_size=8).hexdigest()

    assert digest == TEXTS[key]


def test_every_version_has_its_texts_in_both_languages() -> None:
    wanted = {
        (version, language, form)
        for version in range(1, CONSENT_VERSION + 1)
        for language in LANGUAGES
        for form in ("short", "full")
    }

    assert TEXTS.keys() == wanted


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "重点家庭"), ("en", "ey famil")])
def test_pilots_are_told_of_from_the_second_version_on(language: str, word: str) -> None:
    for form in ("short", "full"):
        assert word not in source(PILOTS_SINCE - 1, language, form)
        for version in range(PILOTS_SINCE, CONSENT_VERSION + 1):
            assert word in source(version, language, form)


def test_there_is_no_version_that_nobody_wrote() -> None:
    assert notice_template(0, "en", "full") is None
    assert notice_template(CONSENT_VERSION + 1, "en", "full") is None


@pytest.mark.parametrize(("accepted", "words"), [("zh-CN", "未满 14 周岁"), ("en", "under 14")])
def test_anybody_reads_the_notice_in_the_own_language(
    client: Client, accepted: str, words: str
) -> None:
    reply = client.get("/notice", headers={"accept-language": accepted})

    assert reply.status_code == 200
    assert words in reply.content.decode()


def test_an_agreed_version_stays_readable_and_an_unknown_one_is_not_found(client: Client) -> None:
    assert client.get("/notice/1").status_code == 200
    assert client.get(f"/notice/{CONSENT_VERSION + 1}").status_code == 404
    assert client.post("/notice").status_code == 405


def test_the_notice_asks_the_database_nothing(client: Client) -> None:
    """No database mark: a query would fail the test."""
    assert client.get("/notice").status_code == 200
