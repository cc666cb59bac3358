"""What the pages of cases share: one way of asking, acting and asking again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from mingtian.care.rules import WORKING
from mingtian.children.queries import names
from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.documents.queries import list_citable
from mingtian.org.queries import list_posts
from mingtian.vault.access import Door, enter
from mingtian.vault.rules import Purpose
from mingtian.web.reader import person
from mingtian.web.refusals import told


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A page with a form: what it is about, and where it leads when it was kept.

    ``beside`` is what somebody else kept meanwhile, shown when two changed the same.
    """

    form: forms.Form
    title: str
    button: str
    back: str
    about: str = ""
    intro: str = ""
    child: str = ""
    beside: Sequence[tuple[str, str]] = ()
    call: bool = True
    more: dict[str, object] = field(default_factory=dict)


Ask = Callable[[Door, QueryDict | None], Asked]
Do = Callable[[Door, Asked], tuple[str, str]]
"""Acts and returns what to say and where to go; an empty address is the page's own way back."""


def ask(
    request: HttpRequest, make: Ask, do: Do, *, purpose: Purpose = Purpose.CASE_WORK
) -> HttpResponse:
    """Show a form and act on it, behind the door each time.

    ``make`` finds the thing, or 404, before anything that was sent is read. Refused, the page comes
    again with all that was typed, made anew, for somebody else may have changed the thing.
    """
    now, sent, refusal = clock.now(), request.POST if request.method == "POST" else None, None
    if sent is not None:
        try:
            with enter(person(request), now=now, purpose=purpose) as door:
                page = make(door, sent)
                done = do(door, page) if page.form.is_valid() else None
            if done is not None:
                said, to = done
                if said:
                    messages.success(request, said)
                return HttpResponseRedirect(to or page.back)
        except RuleBroken as broken:
            refusal = broken
    with enter(person(request), now=now, purpose=purpose) as door:
        page = make(door, sent)
    return shown(request, page, refusal, status=200 if sent is None else 422)


def shown(
    request: HttpRequest, page: Asked, refusal: RuleBroken | None, *, status: int
) -> HttpResponse:
    """Draw a page with a form; the version that it was made from is the present one."""
    own = page.form
    if own.is_bound:
        # What was typed stays; what it was made from is now what stands beside it.
        typed = own.data.copy() if isinstance(own.data, QueryDict) else QueryDict(mutable=True)
        typed["version"] = str(own.initial.get("version") or "")
        own.data = typed
        own.is_valid()
    clash = refusal is not None and refusal.code == "care_changed_meanwhile"
    return private(
        render(
            request, "care/form.html",
            {"page": page, "form": own, "clash": page.beside if clash else (), **told(refusal)},
            status=status,
        )
    )  # fmt: skip


def press(
    request: HttpRequest, do: Callable[[Door], tuple[str, str]], *, back: str | Callable[[], str],
    purpose: Purpose = Purpose.CASE_WORK,
) -> HttpResponse:  # fmt: skip
    """Act on a button without a form; refused, say why on the page that it stood on.

    ``do`` returns what to say and where to go; ``back`` may be known only after it has begun.
    """
    try:
        with enter(person(request), now=clock.now(), purpose=purpose) as door:
            said, to = do(door)
    except RuleBroken as refusal:
        messages.error(request, str(told(refusal)["told"]))
        return HttpResponseRedirect(back if isinstance(back, str) else back())
    if said:
        messages.success(request, said)
    return HttpResponseRedirect(to)


def private(response: HttpResponse) -> HttpResponse:
    """Keep a page about a child out of every cache."""
    add_never_cache_headers(response)
    return response


def name_of(door: Door, child_id: int) -> str:
    """Return what a child is called; the reading is noted."""
    return names(door, [child_id]).get(child_id, "")


def citable(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the issued documents of the reader's line on which something may rest (AID-4).

    Asked before the door is opened: behind it there is nothing but children.
    """
    posts = list_posts(person(request).pk, day_of(clock.now()))
    units = {unit for post in posts if post.role in WORKING for unit in post.path}
    if not units:
        return []
    return [
        (row.public_id, f"{row.reference} {row.title}".strip())
        for row in list_citable(sorted(units))
    ]
