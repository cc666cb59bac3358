"""What is sent once is done, thanked for and led on from; what is refused is shown again."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from mingtian.core.errors import RuleBroken
from mingtian.web.acting import act, actor


def request() -> HttpRequest:
    made = RequestFactory().post("/desk")
    made.user = AnonymousUser()
    made._messages = CookieStorage(made)  # type: ignore[attr-defined]
    return made


def again(refusal: RuleBroken) -> HttpResponse:
    return HttpResponse(refusal.code, status=422)


def test_what_was_done_is_said_and_leads_on() -> None:
    sent = request()
    answer = act(sent, lambda: "Kept.", to="/desk/next", again=again)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/next")
    assert [str(each) for each in get_messages(sent)] == ["Kept."]


def test_where_there_is_nothing_to_say_nothing_is_said() -> None:
    sent = request()
    assert act(sent, lambda: "", to="/desk/next", again=again).status_code == 302
    assert not list(get_messages(sent))


def test_a_refusal_shows_the_page_again_and_thanks_for_nothing() -> None:
    def refuse() -> str:
        raise RuleBroken("ticket_closed")

    sent = request()
    answer = act(sent, refuse, to="/desk/next", again=again)
    assert (answer.status_code, answer.content) == (422, b"ticket_closed")
    assert not list(get_messages(sent))


def test_the_actor_goes_by_name_and_key() -> None:
    sent = request()
    assert (actor(sent).username, actor(sent).user_id) == ("", None)
