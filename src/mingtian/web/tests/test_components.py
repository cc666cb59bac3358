import re
from datetime import date

import pytest
from django import forms
from django.template import engines
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from mingtian.core.figures import Basis, Bound, Figure, Period, Status
from mingtian.web.specimens import SPECIMENS


def render(source: str, **context: object) -> str:
    template = engines["django"].from_string(source)
    return template.render(context)


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with translation.override("en"):
        yield


def test_a_figure_shows_what_it_counts_and_how_exactly() -> None:
    """STA-5: unit, basis and bound stand beside every number."""
    figure = Figure(
        value=4500, basis=Basis.PERSONS, counts="arrived", unit_id="0123456789ab",
        period=Period(first=date(2026, 9, 18), last=date(2026, 9, 18)),
        bound=Bound.MORE_THAN, status=Status.PROVISIONAL,
    )  # fmt: skip

    html = render("{% figure_of figure 'Arrived' %}", figure=figure)

    for part in ("4,500", "persons", "provisional", "more than", 'data-figure="arrived"'):
        assert part in html


def test_persons_and_person_times_have_different_words_in_both_languages() -> None:
    source = "{% figure 1 'persons' %}|{% figure 1 'person_times' %}"
    assert "person-times" in render(source)

    with translation.override("zh-hans"):
        chinese = render(source)
    assert "人次" in chinese.split("|")[1]
    assert "人次" not in chinese.split("|")[0]


def test_a_missing_value_is_a_dash_and_not_a_nought() -> None:
    html = render("{% figure value 'persons' %}", value=None)

    assert "–" in html
    assert "0" not in html


def test_bars_show_the_denominator_and_shared_places() -> None:
    """RNK-1: ties shared, denominator shown."""
    rows = [{"name": "A", "value": 5, "of": 10}, {"name": "B", "value": 5, "of": 8}]

    html = render("{% bars rows 'persons' %}", rows=rows)

    assert "of 10" in html
    assert "of 8" in html
    assert html.count("=</span>") + html.count("</span>=1") == 2


def test_a_name_that_looks_like_markup_stays_text() -> None:
    html = render("{% bars rows 'persons' %}", rows=[{"name": "<b>A</b>", "value": 1}])

    assert "<b>A</b>" not in html
    assert "&lt;b&gt;A" in html


def test_a_state_is_told_by_word_and_icon_and_not_by_colour_alone() -> None:
    html = render("{% chip 'good' 'Recorded' %}")

    assert "Recorded" in html
    assert "#i-check" in html


def test_a_wrong_field_is_tied_to_its_error() -> None:
    class Name(forms.Form):
        name = forms.CharField()

    html = render("{% field form.name label='Name' %}", form=Name({"name": ""}))

    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name-error"' in html
    assert 'id="id_name-error"' in html


def test_a_table_names_each_cell_for_the_phone() -> None:
    html = render("{% data_table headers rows %}", **SPECIMENS)

    assert 'data-label="到课"' in html
    assert '<th scope="row">三年级一班</th>' in html


def test_steps_are_told_as_they_were_given() -> None:
    steps = ["write it down", gettext_lazy("Close"), {"title": "do it", "text": "today"}]
    html = render("{% steps steps current=2 %}", steps=steps)

    assert re.findall(r'step__title">([^<]+)', html) == ["write it down", "Close", "do it"]


def test_a_box_to_tick_never_says_that_it_may_stay_empty() -> None:
    class Asked(forms.Form):
        word = forms.CharField(required=False)
        box = forms.BooleanField(required=False)
        either = forms.CharField(required=False)

    assert "may stay empty" in render("{% field form.word %}", form=Asked())
    assert "may stay empty" not in render("{% field form.box %}", form=Asked())
    form = Asked()
    setattr(form.fields["either"], "sometimes", True)  # noqa: B010
    assert "may stay empty" not in render("{% field form.either %}", form=form)


def test_every_icon_a_component_asks_for_is_in_the_sprite() -> None:
    sprite = render("{% include 'web/icons.html' %}")
    shown = render("{% include 'web/components.html' %}", **SPECIMENS)

    asked = {part.split('"')[0] for part in shown.split('href="#i-')[1:]}
    assert asked
    assert all(f'id="i-{name}"' in sprite for name in asked)


def test_no_component_needs_an_inline_style_or_handler() -> None:
    """The security policy forbids both."""
    html = render("{% include 'web/components.html' %}", **SPECIMENS)

    assert " style=" not in html
    assert " onclick=" not in html


def test_messages_of_django_find_their_kind() -> None:
    html = render("{% notice 'success' 'Saved' %}{% notice 'unheard-of' 'Hm' %}")

    assert "notice--good" in html
    assert "notice--info" in html


def test_the_filters_are_there_everywhere() -> None:
    source = "{{ n|grouped }} {{ share|percent:2 }} {{ b|basis_word }}"

    assert render(source, n=1234, share=0.5, b="households") == "1,234 50.00% households"


def test_a_day_in_a_sentence_stays_on_one_line_and_nothing_else_is_touched() -> None:
    told = "Held <b> on 2023-09-18 20:00, by 2023-09-20; no. 12023-09-18, 0123-4567."

    html = render("{% notice 'info' told %}", told=told)

    assert '&lt;b&gt; on <span class="nowrap">2023-09-18 20:00</span>' in html
    assert 'by <span class="nowrap">2023-09-20</span>; no. 12023-09-18, 0123-4567.' in html


def test_a_day_in_an_address_is_left_alone() -> None:
    day = "2023-09-18"
    html = render("{{ told|unbroken }}", told=format_html('<a href="/day/{}">{}</a>', day, day))

    assert html == '<a href="/day/2023-09-18"><span class="nowrap">2023-09-18</span></a>'
