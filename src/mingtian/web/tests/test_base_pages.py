import pytest
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
    assert 'class="button button--call"' in html


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
