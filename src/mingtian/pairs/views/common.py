"""What the pages of pairs share: pages about a child are kept nowhere, forms come again as typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.pairs.queries import PairRow
from mingtian.pairs.words import ENDING_WORDS, STATE_CHIPS, STATE_WORDS
from mingtian.vault.access import Door, enter
from mingtian.vault.rules import Purpose
from mingtian.web.reader import person
from mingtian.web.refusals import told


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A page with one form: what it is about, and where it leads when it was kept."""

    form: forms.Form
    title: str
    button: str
    back: str
    about: str = ""
    intro: str = ""


Make = Callable[[Door, QueryDict | None], Asked]
Do = Callable[[Door, Asked], str]
"""Acts and returns the address that follows; empty: the page's own way back."""


def ask(
    request: HttpRequest, make: Make, do: Do, *, said: str, purpose: Purpose = Purpose.CASE_WORK
) -> HttpResponse:
    """Show a form and act on it, behind the door each time; refused, it comes again as typed.

    ``make`` finds what it is about, or 404, before anything that was sent is read.
    """
    now, sent, refusal = clock.now(), request.POST if request.method == "POST" else None, None
    if sent is not None:
        try:
            with enter(person(request), now=now, purpose=purpose) as door:
                page = make(door, sent)
                to = (do(door, page) or page.back) if page.form.is_valid() else ""
            if to:
                messages.success(request, said)
                return HttpResponseRedirect(to)
        except RuleBroken as broken:
            refusal = broken
    with enter(person(request), now=now, purpose=purpose) as door:
        page = make(door, sent)
        page.form.is_valid()
    shown = {"page": page, "form": page.form, **told(refusal)}
    status = 200 if sent is None else 422
    return private(render(request, "pairs/form.html", shown, status=status))


def press(
    request: HttpRequest, do: Callable[[Door], str], *, back: str,
    purpose: Purpose = Purpose.CASE_WORK,
) -> HttpResponse:  # fmt: skip
    """Act on a button without a form; refused, say why on the page that it stood on."""
    try:
        with enter(person(request), now=clock.now(), purpose=purpose) as door:
            said = do(door)
    except RuleBroken as refusal:
        messages.error(request, str(told(refusal)["told"]))
        return HttpResponseRedirect(back)
    messages.success(request, said)
    return HttpResponseRedirect(back)


def private(response: HttpResponse) -> HttpResponse:
    """Keep a page about a child out of every cache."""
    add_never_cache_headers(response)
    return response


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A pair as pages show it."""

    row: PairRow
    name: str
    chip: str
    state: str
    ending: str


def shown(rows: Sequence[PairRow], names: dict[int, str]) -> list[Shown]:
    """Return rows with their words, and with the names that were opened."""
    return [
        Shown(
            row=row, name=names.get(row.child_id, ""), chip=STATE_CHIPS[row.state],
            state=str(STATE_WORDS[row.state]),
            ending=str(ENDING_WORDS[row.ended_for]) if row.ended_for else "",
        )
        for row in rows
    ]  # fmt: skip
