"""From the question to the seat: a phone is recognised, at its owner's wish, and nobody else's."""

import json
import re
from contextlib import closing
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import LazySettings
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import reverse

from mingtian.attendance.access import open_seat
from mingtian.attendance.pages import render_shells
from mingtian.people.models import Departed
from mingtian.testing.make import ACTOR, NOW
from mingtian.wechat import actions, queries
from mingtian.wechat.models import PhoneSeat
from mingtian.wechat.tests.conftest import AGENT, Phone
from mingtian.wechat.tests.published import WeChat

LATER = NOW + timedelta(minutes=70)


def asked(browser: Client, to: str = "/my") -> str:
    """Go to WeChat as a browser does and return the address it sends back to."""
    set_out = browser.get(reverse("wechat:start"), {"next": to})
    address = urlsplit(set_out.headers["Location"])
    assert address.fragment == "wechat_redirect"
    with closing(HTTPConnection(address.netloc)) as line:
        line.request("GET", f"{address.path}?{address.query}")
        with line.getresponse() as reply:
            way_back = urlsplit(reply.headers["Location"])
    assert way_back.path == reverse("wechat:back")
    return f"{way_back.path}?{way_back.query}"


def recognised(browser: Client, to: str = "/my") -> HttpResponse:
    """Come back from WeChat and follow to the page of this phone."""
    return browser.get(asked(browser, to), follow=True)  # type: ignore[return-value]


def in_wechat(*, enforce_csrf_checks: bool = False) -> Client:
    """Return another phone's WeChat."""
    return Client(enforce_csrf_checks=enforce_csrf_checks, headers={"User-Agent": AGENT})


def homes_on(page: HttpResponse) -> list[dict[str, object]]:
    found = re.search(r'<script id="homes"[^>]*>(.*?)</script>', page.content.decode())
    assert found is not None
    homes: list[dict[str, object]] = json.loads(found[1])
    return homes


def code_of(page: HttpResponseBase) -> str:
    assert isinstance(page, HttpResponse)
    found = re.search(r'data-code="(\w+)"', page.content.decode())
    return found[1] if found else ""


@pytest.mark.parametrize("name", ["start", "back", "phone"])
def test_without_an_account_there_is_nothing(
    name: str, browser: Client, settings: LazySettings, db: None
) -> None:
    settings.WECHAT_APPID = settings.WECHAT_SECRET = ""

    assert browser.get(reverse(f"wechat:{name}")).status_code == 404


def test_a_wiped_phone_finds_its_home_again(wechat: WeChat, held: Phone, browser: Client) -> None:
    assert homes_on(recognised(browser)) == []
    browser.post(reverse("wechat:phone-remember"), {"seat": [held.token]})
    wiped = in_wechat()

    [home] = homes_on(recognised(wiped, "/e/c1ass001"))

    seat = open_seat(str(home["seat"]), LATER)
    assert seat is not None
    assert seat.seat_id == held.seat.pk
    assert seat.person_ids == tuple(held.seat.persons)
    assert home["codes"] == ["c1ass001"]
    assert home["members"] == [
        {"kind": "pupil", "kin": None, "label": None},
        {"kind": "parent", "kin": "mother", "label": None},
    ]


def test_another_account_finds_nothing(wechat: WeChat, held: Phone, browser: Client) -> None:
    recognised(browser)
    browser.post(reverse("wechat:phone-remember"), {"seat": [held.token]})
    wechat.openid = "oSomebodyElse"

    assert homes_on(recognised(in_wechat())) == []


def test_the_openid_is_kept_nowhere(wechat: WeChat, held: Phone, browser: Client) -> None:
    page = recognised(browser)
    browser.post(reverse("wechat:phone-remember"), {"seat": [held.token]})

    kept = bytes(PhoneSeat.objects.get().account)
    assert len(kept) == 16
    assert wechat.openid.encode() not in kept
    carried = page.content.decode() + str(browser.cookies)
    assert wechat.openid not in carried


def test_a_snapshot_page_is_marked_and_leads_on(
    wechat: WeChat, held: Phone, browser: Client
) -> None:
    wechat.snapshot = True

    reply = browser.get(asked(browser, "/e/c1ass001"))

    assert reply.headers["Location"] == "/e/c1ass001"
    assert browser.cookies["snapshot"].value == "1"
    assert browser.get(reverse("wechat:phone")).status_code == 409
    assert not PhoneSeat.objects.exists()


def test_a_real_page_takes_the_mark_away(wechat: WeChat, held: Phone, browser: Client) -> None:
    wechat.snapshot = True
    browser.get(asked(browser))
    wechat.snapshot = False

    browser.get(asked(browser))

    assert browser.cookies["snapshot"].value == ""


def test_an_answer_to_another_browser_is_refused(
    wechat: WeChat, held: Phone, browser: Client
) -> None:
    """Else somebody could put their own home on another's phone."""
    theirs = asked(in_wechat())

    never_asked = browser.get(theirs)
    asked(browser)
    asked_differently = browser.get(theirs)

    assert [code_of(reply) for reply in (never_asked, asked_differently)] == ["wechat_state"] * 2
    assert len([path for path in wechat.asked if "access_token" in path]) == 0


@pytest.mark.parametrize("missing", ["code", "state"])
def test_half_an_answer_is_refused(wechat: WeChat, browser: Client, db: None, missing: str) -> None:
    told = {key: values[0] for key, values in parse_qs(urlsplit(asked(browser)).query).items()}
    del told[missing]

    assert code_of(browser.get(reverse("wechat:back"), told)) == "wechat_state"


def test_trouble_is_told_in_words_and_leads_on_to_the_entry(
    wechat: WeChat, browser: Client, db: None
) -> None:
    way_back = asked(browser, "/e/c1ass001")
    wechat.behaviour = "busy"

    page = browser.get(way_back)

    assert page.status_code == 409
    assert code_of(page) == "wechat_busy"
    assert 'href="/e/c1ass001"' in page.content.decode()
    assert "WeChat is busy" in page.content.decode()


def test_a_phone_without_a_seat_has_nothing_to_remember(
    wechat: WeChat, held: Phone, browser: Client
) -> None:
    recognised(browser)

    reply = browser.post(reverse("wechat:phone-remember"), {"seat": ["AAAA"]})

    assert code_of(reply) == "wechat_no_seat"


@pytest.mark.parametrize("name", ["phone-remember", "phone-forget"])
def test_nothing_is_remembered_or_forgotten_without_wechats_word(
    wechat: WeChat, held: Phone, browser: Client, name: str
) -> None:
    reply = browser.post(reverse(f"wechat:{name}"), {"seat": [held.token]})

    assert code_of(reply) == "wechat_state"
    assert not PhoneSeat.objects.exists()


def test_another_site_cannot_remember_in_a_browsers_name(wechat: WeChat, held: Phone) -> None:
    strict = in_wechat(enforce_csrf_checks=True)
    recognised(strict)

    reply = strict.post(reverse("wechat:phone-remember"), {"seat": [held.token]})

    assert reply.status_code == 403


def test_a_home_that_left_is_not_offered(wechat: WeChat, held: Phone, browser: Client) -> None:
    recognised(browser)
    browser.post(reverse("wechat:phone-remember"), {"seat": [held.token]})
    for person in held.seat.persons:
        Departed.objects.create(person=person, household=held.home.pk, at=NOW)

    assert homes_on(recognised(browser)) == []


def test_a_phone_is_forgotten_at_its_owners_wish(
    wechat: WeChat, held: Phone, browser: Client
) -> None:
    recognised(browser)
    browser.post(reverse("wechat:phone-remember"), {"seat": [held.token]})

    browser.post(reverse("wechat:phone-forget"))

    assert homes_on(recognised(browser)) == []


def test_remembering_twice_keeps_one_row(wechat: WeChat, held: Phone) -> None:
    for _ in range(2):
        actions.remember_seats(account=b"a" * 16, tokens=[held.token], now=LATER)

    assert PhoneSeat.objects.count() == 1


def test_a_family_sees_and_forgets_that_its_phone_is_remembered(
    wechat: WeChat, held: Phone
) -> None:
    actions.remember_seats(account=b"a" * 16, tokens=[held.token], now=LATER)
    persons, strangers = [held.seat.persons[0]], [held.evening.pupils[5].pk]

    [kept] = queries.kept_about(persons)
    assert kept.what == "wechat_phone"
    assert queries.kept_about(strangers) == []
    assert actions.forget(strangers, now=LATER, actor=ACTOR) == 0
    assert actions.forget(persons, now=LATER, actor=ACTOR) == 1
    assert not PhoneSeat.objects.exists()


def test_the_familys_page_offers_wechat_only_where_it_is_set_up(
    wechat: WeChat, browser: Client, settings: LazySettings, db: None
) -> None:
    offered = browser.get("/my").content.decode()
    settings.WECHAT_APPID = ""
    silent = browser.get("/my").content.decode()

    assert "/wechat/start?next=/my" in offered
    assert "wechat" not in silent


def test_outside_wechat_nothing_is_offered_and_asking_leads_on_in_words(
    wechat: WeChat, db: None
) -> None:
    """Any other browser would end at a page of WeChat's that leads nowhere."""
    other = Client(headers={"User-Agent": "Mozilla/5.0 (Linux; Android 13) Chrome/116.0"})

    page = other.get(reverse("wechat:start"), {"next": "/e/c1ass001"})

    assert code_of(page) == "wechat_outside"
    assert 'href="/e/c1ass001"' in page.content.decode()
    assert "wechat" not in other.get("/my").content.decode()


@pytest.mark.parametrize("is_set_up", [True, False])
def test_the_entry_page_offers_wechat_only_where_it_is_set_up(
    wechat: WeChat, settings: LazySettings, tmp_path: Path, is_set_up: bool
) -> None:
    if not is_set_up:
        settings.WECHAT_APPID = ""

    render_shells(tmp_path)

    page = (tmp_path / "en" / "enter.html").read_text()
    assert ("/wechat/start?next=/e/⟦code⟧" in page) is is_set_up
