import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext_lazy

from mingtian.core.errors import RuleBroken
from mingtian.web import refusals
from mingtian.web.middleware import RefusedPages


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {
        "too_long": gettext_lazy("At most %(hours)s hours, please."),
        "plain": gettext_lazy("At most 100% of it."),
    }
    monkeypatch.setattr(refusals, "sentences", lambda: table)


@pytest.mark.usefixtures("known")
def test_a_sentence_names_the_facts_of_the_refusal() -> None:
    assert refusals.sentence(RuleBroken("too_long", hours=3)) == "At most 3 hours, please."


@pytest.mark.usefixtures("known")
def test_a_sentence_without_facts_may_hold_a_percent_sign() -> None:
    assert refusals.sentence(RuleBroken("plain")) == "At most 100% of it."


@pytest.mark.usefixtures("known")
def test_an_unknown_code_is_logged_and_told_in_general(caplog: pytest.LogCaptureFixture) -> None:
    with translation.override("en"):
        told = refusals.sentence(RuleBroken("never_heard_of"))

    assert told == "This cannot be done now. Go back and try again, or ask your office."
    assert "never_heard_of" in caplog.text


@pytest.mark.usefixtures("known")
def test_a_refusal_that_no_view_met_is_shown_with_its_sentence(rf: RequestFactory) -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        raise AssertionError(request)

    shown = RefusedPages(answer).process_exception(
        rf.post("/somewhere"), RuleBroken("too_long", hours=3)
    )

    assert shown is not None
    assert shown.status_code == 409
    assert "At most 3 hours, please." in shown.content.decode()


def test_other_exceptions_take_their_usual_way(rf: RequestFactory) -> None:
    pages = RefusedPages(lambda _request: HttpResponse())

    assert pages.process_exception(rf.get("/"), ValueError()) is None
