"""The components of the house as template tags; loaded everywhere as builtins.

Every page is made of these (design.md part 3, "Look"). The living page is /web/components.

    {% icon "check" %}                                  names: templates/web/icons.html
    {% chip "good" _("Recorded") %}                     good | wait | off | live; icon + word
    {% figure 128620 "persons" _("Arrived tonight") bound="=" status="live" key="arrived" size="big" %}
    {% figure_of figure _("Arrived tonight") %}         from a core.figures.Figure
    {% bars rows "persons" by="share" caption=_("…") %} rows: name value [of url own note key]
    {% todo _("Confirm the day") url=… text=_("…") due=_("by 21:30") count=3 done=False %}
    {% steps steps current=2 %}                         steps: strings or objects with title, text
    {% empty _("No class is in yet") text=_("…") url=… action=_("…") icon="clock" %}
    {% trouble _("Not saved") text=_("…") url=… action=_("…") code="busy" %}
    {% notice "wait" _("The figures are provisional until 21:30.") %}   good | wait | off | info
    {% progress 37 60 _("Slots recorded") %}
    {% data_table headers rows caption=_("…") %}        cards at 360 px; or write .table with data-label
    {% segments items current="rate" label=_("Compare by") %}           items: (value, label, url)
    {% pager page %}                                    the foot of a long list (web.paging), from page to page
    {% field form.name label=… hint=… autocomplete=… inputmode=… %}
    {% crumbs trail %}                                  trail: objects or pairs of name, url

Filters: ``{{ n|grouped }}`` 128,620 · ``{{ share|percent }}`` 97.3% · ``{{ basis|basis_word }}`` 人次 ·
``{{ sentence|unbroken }}`` days in it stay on one line, as in every component that tells a sentence
Live pages mark what may change: figures carry ``data-figure="key"`` with ``[data-number]`` inside,
bar rows carry ``data-bar="key"`` with ``[data-number]``, ``[data-fill]`` and ``[data-share]``.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BooleanField, BoundField, Field
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from mingtian.core.figures import Figure
from mingtian.core.money import yuan
from mingtian.web import rules

register = template.Library()

Context = dict[str, Any]

BASIS_WORDS = {
    "persons": gettext_lazy("persons"),
    "person_times": gettext_lazy("person-times"),
    "households": gettext_lazy("households"),
    "devices": gettext_lazy("devices"),
    "person_slots": gettext_lazy("person-slots"),
    "units": gettext_lazy("units"),
    "matters": gettext_lazy("matters"),
    "grants": gettext_lazy("grants"),
    "fen": gettext_lazy("yuan"),
}
STATUS_WORDS = {
    "live": gettext_lazy("live"),
    "provisional": gettext_lazy("provisional"),
    "confirmed": gettext_lazy("confirmed"),
    "frozen": gettext_lazy("frozen"),
    "corrected": gettext_lazy("corrected"),
}
BOUND_WORDS = {">": gettext_lazy("more than"), "≈": gettext_lazy("about")}
CHIP_ICONS = {"good": "check", "wait": "clock", "off": "minus", "live": "live"}
NOTICE_ICONS = {"good": "check", "wait": "clock", "off": "minus", "info": "info", "error": "alert"}
# Django's message tags and the words of this house.
NOTICE_KINDS = {"success": "good", "warning": "wait", "debug": "info"}


@register.filter
def grouped(value: int | None) -> str:
    """Write a count with commas; a missing one as a dash."""
    return "–" if value is None else rules.grouped(value)


@register.filter
def percent(share: float | None, places: int = 1) -> str:
    """Write a share in hundredths; a missing one as a dash."""
    return "–" if share is None else rules.percent(share, places)


@register.filter
def unbroken(text: Any) -> SafeString:
    """Keep each day and its hour within a sentence on one line: browsers break a day at its hyphens.

    Of a safe string what stands in tags is left alone.
    """
    return SafeString(_DAYS.sub(_unbroken, conditional_escape(text)))


_DAYS = re.compile(r"<[^>]*>|\b[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2})?\b")


def _unbroken(found: re.Match[str]) -> str:
    day = found.group()
    return day if day.startswith("<") else f'<span class="nowrap">{day}</span>'


@register.filter
def basis_word(basis: str) -> str:
    """Name what is counted in the reader's language; unknown words pass unchanged."""
    return str(BASIS_WORDS.get(str(basis), basis))


@register.simple_tag
def icon(name: str) -> SafeString:
    """Show an icon of the sprite. It is silent for readers: a word must stand beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-{}"></use></svg>',
        name,
    )


@register.inclusion_tag("web/components/chip.html")
def chip(state: str, word: str, icon: str = "") -> Context:
    """Show a state by colour, icon and word together."""
    return {"state": state, "word": word, "icon": icon or CHIP_ICONS.get(state, "info")}


STATUS_CHIPS = {"live": "live", "provisional": "wait"}


@register.inclusion_tag("web/components/chip.html")
def status_chip(status: str) -> Context:
    """How final figures are: live, provisional, confirmed, frozen or corrected."""
    return chip(STATUS_CHIPS.get(status, "good"), str(STATUS_WORDS[status]))


@register.inclusion_tag("web/components/figure.html")
def figure(value: int | float | None, basis: str, label: str = "", **shown: str) -> Context:
    """Show a number with what it counts beneath it (STA-5).

    Keywords: ``bound`` (= > ≈), ``status``, ``note``, ``key`` (for live pages), ``size``
    ("big" or "wall"), ``places`` of a share when ``basis`` is "share".
    """
    return _figure(value, basis, label, shown)


def _figure(value: float | None, basis: str, label: str, shown: dict[str, str]) -> Context:
    is_share = basis == "share"
    if is_share:
        text = percent(value, int(shown.get("places") or 1))
    elif basis == "fen":
        text = "–" if value is None else yuan(int(value)).replace("¥", "")
    else:
        text = grouped(value if value is None else int(value))
    bound = shown.get("bound") or "="
    return {
        "text": text,
        "label": label,
        "basis": "" if is_share else basis_word(basis),
        "bound": "" if bound == "=" else bound,
        "bound_word": BOUND_WORDS.get(bound, ""),
        "status": shown.get("status", ""),
        "status_word": STATUS_WORDS.get(shown.get("status", ""), ""),
        "note": shown.get("note", ""),
        "key": shown.get("key", ""),
        "size": shown.get("size", ""),
    }


@register.inclusion_tag("web/components/figure.html")
def figure_of(figure: Figure, label: str = "", **shown: str) -> Context:
    """Show a core Figure with its own basis, bound and status."""
    own = {"bound": str(figure.bound), "status": str(figure.status), "key": figure.counts}
    return _figure(figure.value, str(figure.basis), label, {**own, **shown})


@register.inclusion_tag("web/components/bars.html")
def bars(
    rows: Iterable[object], basis: str, by: str = "value", caption: str = "", ranked: bool = True
) -> Context:
    """Compare units by value or by share; ties share a place, the denominator is shown (RNK-1)."""
    by_share = by == "share"
    return {
        "rows": rules.rank_bars([rules.as_bar(row) for row in rows], by_share=by_share),
        "basis": basis_word(basis),
        "by_share": by_share,
        "caption": caption,
        "ranked": ranked,
    }


@register.inclusion_tag("web/components/todo.html")
def todo(title: str, url: str = "", text: str = "", **shown: Any) -> Context:
    """Show one thing to do. Keywords: ``due``, ``count``, ``done``, ``action``."""
    return {"title": title, "url": url, "text": text, **shown}


@register.inclusion_tag("web/components/steps.html")
def steps(steps: Sequence[object], current: int = 0) -> Context:
    """Show the steps of a course; ``current`` counts from 1, 0 means none is marked."""
    # A template that asks a string for its title gets what str.title makes of it.
    told = [{"title": step} if isinstance(step, (str, Promise)) else step for step in steps]
    return {"steps": told, "current": current}


@register.inclusion_tag("web/components/empty.html")
def empty(title: str, text: str = "", url: str = "", action: str = "", icon: str = "") -> Context:
    """Say what will appear here and what to do first."""
    return {"title": title, "text": text, "url": url, "action": action, "icon": icon}


@register.inclusion_tag("web/components/trouble.html")
def trouble(title: str, text: str = "", url: str = "", action: str = "", code: str = "") -> Context:
    """Say what went wrong and show the way out. ``code`` goes into the markup, not the text."""
    return {"title": title, "text": text, "url": url, "action": action, "code": code}


@register.inclusion_tag("web/components/notice.html")
def notice(kind: str, text: object) -> Context:
    """Show a remark. Accepts the words of this house and the tags of Django's messages."""
    own = NOTICE_KINDS.get(kind, kind)
    own = own if own in NOTICE_ICONS else "info"
    return {"kind": own, "icon": NOTICE_ICONS[own], "text": text}


@register.inclusion_tag("web/components/progress.html")
def progress(value: int, of: int, label: str, unit: str = "") -> Context:
    """Show how far something has come, as a bar and in words."""
    return {"value": value, "of": of, "label": label, "unit": unit}


@register.inclusion_tag("web/components/table.html")
def data_table(
    headers: Sequence[object], rows: Iterable[Sequence[object]], caption: str = ""
) -> Context:
    """Show a table that becomes cards on a phone.

    A header is a word, or a pair of word and "number" for a column of numbers. Cells may be
    safe strings. The first column names the row.
    """
    named = [(each, "") if isinstance(each, str) else each for each in _listed(headers)]
    cells = [
        [(head, kind, cell) for (head, kind), cell in zip(named, row, strict=True)] for row in rows
    ]
    return {"headers": named, "rows": cells, "caption": caption}


def _listed(headers: Sequence[object]) -> list[Any]:
    # A lazy translation is not a str, yet it is one word and no pair.
    return [each if isinstance(each, (tuple, list)) else str(each) for each in headers]


@register.inclusion_tag("web/components/segments.html")
def segments(items: Sequence[tuple[str, str, str]], current: str, label: str) -> Context:
    """Offer two to five views of the same thing; items are (value, label, url)."""
    return {"items": items, "current": current, "label": label}


@register.inclusion_tag("web/components/pager.html", takes_context=True)
def pager(
    context: template.Context, page: Page[Any], at: str = "", chosen: QueryDict | None = None
) -> Context:
    """Lead from page to page of a long list and keep what was chosen; silent where all is on one page.

    ``at`` is the list's own address, for one that is shown at others too; ``chosen`` what holds
    where the address does not say all.
    """
    return {"page": page, "at": at, "chosen": chosen or context["request"].GET}


@register.inclusion_tag("web/components/field.html")
def field(bound: BoundField, label: str = "", hint: str = "", **attributes: str) -> Context:
    """Show a form field with its label, hint and error; further keywords become attributes."""
    described = [
        f"{bound.id_for_label}-{part}"
        for part, there in (("hint", hint or bound.help_text), ("error", bound.errors))
        if there
    ]
    shown: dict[str, str | bool] = {"class": "input", **attributes}
    if described:
        shown["aria-describedby"] = " ".join(described)
    if bound.errors:
        shown["aria-invalid"] = "true"
    return {
        "field": bound,
        "widget": bound.as_widget(attrs=shown),
        "label": label or bound.label,
        "hint": hint or bound.help_text,
        "optional": _may_stay_empty(bound.field),
    }


def _may_stay_empty(field: Field) -> bool:
    """A box that is not ticked is an answer; a field with ``sometimes`` depends on others of its form."""
    if field.required or isinstance(field, BooleanField):
        return False
    return not getattr(field, "sometimes", False)


@register.inclusion_tag("web/components/crumbs.html")
def crumbs(trail: Iterable[object]) -> Context:
    """Show the path of units from the top to here; the last one is the page itself.

    The trail holds pairs of name and url, or rows that have both.
    """
    pairs = [
        each
        if isinstance(each, (tuple, list))
        else (getattr(each, "name", ""), getattr(each, "url", ""))
        for each in trail
    ]
    return {
        "above": pairs[:-1],
        "here": pairs[-1][0] if pairs else "",
        "label": gettext("Units above"),
    }
