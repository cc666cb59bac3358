import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

LANGUAGES = ["zh-hans", "en"]
PAGES = ["404.html", "403.html", "403_csrf.html", "500.html"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_an_error_page_says_what_to_do_and_needs_no_request(page: str, language: str) -> None:
    """Django renders the page for its own failure without any context."""
    with translation.override(language):
        html = render_to_string(page)

    assert '<html lang="zh-Hans"' in html if language == "zh-hans" else '<html lang="en"' in html
    assert 'class="lead"' in html
    assert 'class="button button--call' in html


@pytest.mark.parametrize("page", PAGES)
def test_whoever_is_not_signed_in_is_led_to_the_families_pages(page: str) -> None:
    """A family has no account: its way out is the code, its own page or the class teacher."""
    html = render_to_string(page)

    assert html.index('href="/my"') < html.index('href="/check"') < html.index('href="/"')
    assert '<a class="wordmark"' not in html


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Scan the learning code of your class once more."),
        ("zh-hans", "请再扫一次班级的学习码"),
    ],
)
def test_a_family_that_finds_no_page_is_told_what_to_do(language: str, told: str) -> None:
    with translation.override(language):
        assert told in render_to_string("404.html")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "ask whoever invited you to send the link again"),
        ("zh-hans", "请邀请人把链接再发一次"),
    ],
)
def test_a_link_of_the_desk_that_was_cut_off_leads_to_the_office_not_to_a_class(
    language: str, told: str
) -> None:
    request = RequestFactory().get("/desk/join/cut")

    with translation.override(language):
        html = render_to_string("404.html", request=request)

    assert told in html
    assert 'href="/my"' not in html
    assert 'class="button button--call button--wide" href="/"' in html


def test_staff_find_back_to_their_first_page() -> None:
    request = RequestFactory().get("/desk")
    request.user = User(username="office")

    html = render_to_string("404.html", request=request)

    assert 'href="/my"' not in html
    assert 'class="button button--call" href="/"' in html


def test_on_the_desk_every_page_begins_at_the_left() -> None:
    request = RequestFactory().get("/desk")
    assert "content--desk" not in render_to_string("web/base.html", request=request)

    request.user = User(username="office")
    assert 'class="content content--desk"' in render_to_string("web/base.html", request=request)


def test_large_type_is_there_from_the_first_paint() -> None:
    request = RequestFactory().get("/desk")
    request.COOKIES["type"] = "large"

    assert 'data-type="large"' in render_to_string("404.html", request=request)


def test_the_other_language_and_large_type_are_one_press_away() -> None:
    with translation.override("zh-hans"):
        html = render_to_string("404.html", request=RequestFactory().get("/desk?page=2"))

    assert '<button class="button button--quiet" name="lang" value="en" lang="en">' in html
    assert 'value="/desk?page=2"' in html
    assert "data-type-switch" in html


def test_a_reader_with_a_keyboard_can_skip_the_header() -> None:
    html = render_to_string("404.html")

    assert html.index('href="#content"') < html.index("<header")
    assert 'id="content"' in html


def test_the_wall_is_the_night_version_of_the_same_page() -> None:
    html = render_to_string("web/base_wall.html")

    assert 'data-theme="night"' in html
    assert "<header" not in html
