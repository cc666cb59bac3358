import pytest

from mingtian.run.extraction import Message, UnreadableSentence, from_python, from_template

PYTHON = """
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy, gettext_noop, ngettext, pgettext_lazy

PLAIN = gettext_lazy("Join" "ed")
MARKED = gettext_noop("Later")
_("Short")
ngettext("%(n)d class", "%(n)d classes", n)
pgettext_lazy("of a door", "open")
translation.gettext("Through the module")
_(PLAIN)
"""

TEMPLATE = """{% load i18n %}<p title="{% translate 'In quotes' %}">
{% blocktranslate count n=rows|length trimmed %}
  One class of {{ of }}
{% plural %}
  {{ n }} classes of {{ of }}
{% endblocktranslate %}
{% chip "good" _("Recorded") %}{{ name|default:_("Nobody") }}
{% blocktranslate context "of a door" with a=b %}open {{ a }}, 100%{% endblocktranslate %}
{# {% translate "Never shown" %} #}
"""


def said(source: str) -> set[tuple[str | None, str, str | None]]:
    found = list(from_python(source, "module/file.py"))
    return {(m.context, m.singular, m.plural) for m in found if isinstance(m, Message)}


def test_python_files_are_read_through_every_function_of_gettext() -> None:
    assert said(PYTHON) == {
        (None, "Joined", None),
        (None, "Later", None),
        (None, "Short", None),
        (None, "%(n)d class", "%(n)d classes"),
        ("of a door", "open", None),
        (None, "Through the module", None),
    }


def test_functions_of_the_same_name_from_elsewhere_are_not_sentences() -> None:
    assert said('from somewhere import gettext\ngettext("x")') == set()


def test_the_marker_of_the_hot_path_marks_sentences() -> None:
    source = 'from mingtian.core.catalogue import gettext_noop\n\nA = gettext_noop("Busy")'

    assert said(source) == {(None, "Busy", None)}


@pytest.mark.parametrize("argument", ['f"{n} classes"', '"a" + b', '"%s classes" % n'])
def test_a_sentence_put_together_at_run_time_is_a_fault(argument: str) -> None:
    source = f"from django.utils.translation import gettext\ngettext({argument})"

    (found,) = from_python(source, "module/file.py")

    assert isinstance(found, UnreadableSentence)
    assert found.where == "module/file.py:2"


def test_templates_are_read_tag_by_tag() -> None:
    found = [each for each in from_template(TEMPLATE, "page.html") if isinstance(each, Message)]

    assert [(m.context, m.singular, m.plural) for m in found] == [
        (None, "In quotes", None),
        (None, "One class of %(of)s", "%(n)s classes of %(of)s"),
        (None, "Recorded", None),
        (None, "Nobody", None),
        ("of a door", "open %(a)s, 100%%", None),
    ]


def test_a_sentence_with_brackets_is_read_to_its_end() -> None:
    (found,) = from_template('{% translate "Ready (or not) now" %}', "page.html")

    assert isinstance(found, Message)
    assert (found.singular, found.where) == ("Ready (or not) now", "page.html:1")
