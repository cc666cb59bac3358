"""The public check: valid, revoked, withdrawn, unknown, mistyped; never anything of the person."""

import pytest
from django.test import Client
from django.urls import reverse

from mingtian.certificates.actions.revoke import end_term, forget, revoke
from mingtian.certificates.actions.unlocking import unlock
from mingtian.certificates.models import Certificate
from mingtian.certificates.rules import RevokedFor, new_serial
from mingtian.certificates.tests.conftest import AFTER, FULL, Series
from mingtian.testing.leaving import term_of
from mingtian.testing.make import ACTOR, invented_name


@pytest.fixture
def serial(series: Series) -> str:
    series.attend(series.pupils[0], [FULL] * 4)
    unlock(campaign=series.campaign, now=AFTER, actor=ACTOR)
    return Certificate.objects.get().serial


def page(client: Client, serial: str, *, lang: str = "en") -> str:
    client.cookies["lang"] = lang
    reply = client.get(reverse("certificates:check", args=[serial]))
    assert reply.status_code == 200
    assert reply.headers["X-Robots-Tag"] == "noindex"
    return reply.content.decode()


def test_a_valid_one_names_body_and_campaign_and_nobody(client: Client, serial: str) -> None:
    shown = page(client, serial)

    assert 'data-state="valid"' in shown
    assert "Provincial Care Committee" in shown
    assert "Care for tomorrow, law first" in shown
    for secret in (invented_name(0), "Class 1", "No. 1 Primary School", "Pupil"):
        assert secret not in shown


def test_capitals_spaces_and_lookalikes_do_not_matter(client: Client, serial: str) -> None:
    typed = " ".join(serial[at : at + 4] for at in range(0, 16, 4)).upper().replace("0", "O")

    reply = client.get(reverse("certificates:check-typed"), {"number": typed}, follow=True)

    assert reply.redirect_chain == [(reverse("certificates:check", args=[serial]), 302)]
    assert 'data-state="valid"' in reply.content.decode()


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (RevokedFor.CORRECTION, "The attendance it rested on was corrected."),
        (RevokedFor.IN_ERROR, "It was issued in error."),
    ],
)
def test_a_revoked_one_says_since_when_and_why(
    client: Client, serial: str, reason: RevokedFor, sentence: str
) -> None:
    revoke(serial=serial, reason=reason, actor=ACTOR, now=AFTER)

    shown = page(client, serial)

    assert 'data-state="revoked"' in shown
    assert "not valid since 2023-09-22" in shown
    assert sentence in shown


def test_an_erased_one_answers_as_withdrawn(client: Client, series: Series, serial: str) -> None:
    assert forget([series.pupils[0].pk], now=AFTER, actor=ACTOR) == 1

    assert "It was withdrawn." in page(client, serial)
    assert Certificate.objects.get().person is None


def test_after_the_term_it_stays_valid_without_a_person(
    client: Client, series: Series, serial: str
) -> None:
    assert end_term(term_of(series.evening.campaign), now=AFTER, actor=ACTOR) == {"certificates": 1}

    assert 'data-state="valid"' in page(client, serial)
    assert Certificate.objects.get().person is None


def test_a_forged_number_is_unknown_and_a_mistyped_one_is_told(client: Client, serial: str) -> None:
    assert "may be forged" in page(client, new_serial())
    wrong = serial[:-1] + ("0" if serial[-1] != "0" else "1")
    assert "a character is wrong" in page(client, wrong)
    assert 'data-state="unknown"' in page(client, "..%00%2F<script>")


def test_the_form_asks_and_works_without_scripts(client: Client, db: None) -> None:
    client.cookies["lang"] = "zh-hans"
    shown = client.get(reverse("certificates:check-typed")).content.decode()

    assert "查验证书" in shown
    assert 'name="number"' in shown
    assert "data-state" not in shown
    assert client.post(reverse("certificates:check-typed")).status_code == 405


def test_the_answer_takes_few_queries_whatever_was_typed(
    client: Client, serial: str, django_assert_max_num_queries: object
) -> None:
    for typed in (serial, new_serial(), "nonsense"):
        with django_assert_max_num_queries(1):  # type: ignore[operator]
            page(client, typed)
