"""A child's number without its file: ask to read, open in an emergency, ask to erase."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.staff.queries import lacks_second_factor
from mingtian.vault import actions
from mingtian.vault.access import enter
from mingtian.vault.forms import EraseForm, GlassForm, ReadForm
from mingtian.vault.queries import list_requests
from mingtian.vault.rules import BROKEN_FOR, Basis, Part, Purpose
from mingtian.web.acting import act
from mingtian.web.reader import person
from mingtian.web.refusals import sentence, told


@login_required
@never_cache
@require_GET
def ask(request: HttpRequest, child: str) -> HttpResponse:
    """Show what the reader may ask about a child in sight, and how earlier requests stand."""
    return _page(request, child)


@login_required
@never_cache
@require_POST
def ask_to_read(request: HttpRequest, child: str) -> HttpResponse:
    form = ReadForm(request.POST)

    def do() -> str:
        actions.ask_to_read(
            person(request), child, now=clock.now(),
            reason=form.cleaned_data["reason"], days=form.cleaned_data["days"],
        )  # fmt: skip
        return _("Asked. The office that supervises the child decides.")

    return _act(request, child, form, do)


@login_required
@never_cache
@require_POST
def break_glass(request: HttpRequest, child: str) -> HttpResponse:
    form = GlassForm(request.POST)

    def do() -> str:
        now = clock.now()
        actions.break_glass(person(request), child, reason=form.cleaned_data["reason"], now=now)
        return _("The file is open to you for three hours. The office is told tomorrow morning.")

    return _act(request, child, form, do)


@login_required
@never_cache
@require_POST
def ask_to_erase(request: HttpRequest, child: str) -> HttpResponse:
    form = EraseForm(request.POST)

    def do() -> str:
        actions.ask_to_erase(
            person(request), child, now=clock.now(),
            reason=form.cleaned_data["reason"], basis=Basis(form.cleaned_data["basis"]),
        )  # fmt: skip
        return _("Asked. The office that supervises the child decides.")

    return _act(request, child, form, do)


def _act(request: HttpRequest, child: str, form: Form, do: Callable[[], str]) -> HttpResponse:
    def again(refusal: RuleBroken | None) -> HttpResponse:
        return _page(request, child, form, refusal)

    if not form.is_valid():
        return again(None)
    return act(request, do, to=reverse("vault:ask", args=[child]), again=again)


def _page(
    request: HttpRequest, child: str, form: Form | None = None, refusal: RuleBroken | None = None
) -> HttpResponse:
    now = clock.now()
    with enter(person(request), now=now, purpose=Purpose.SUPERVISING) as door:
        row = door.child_to_ask_about(child)
        own = [one for one in list_requests(door, child=row.pk) if one.is_own]
        parts, may_open = door.parts(row.pk), door.may_give(row)
        may_erase = door.may_ask_to_erase(row.state, row.unit_id, parts)
    open_now = next((one for one in own if one.is_open), None)
    works = Part.WORKER in parts
    over = not open_now and not works and any(one.is_over for one in own)
    shown = {
        "child": row,
        "requests": own,
        "open_now": open_now,
        # Reading stopped by itself: say so, rather than only "not found" on the file.
        "over": sentence(RuleBroken("vault_glass_over")) if over else "",
        "is_worker": works,
        "may_open": may_open,
        "may_erase": may_erase,
        "lacks_factor": lacks_second_factor(person(request).pk),
        "hours": int(BROKEN_FOR.total_seconds() // 3600),
        "read_form": form if isinstance(form, ReadForm) else ReadForm(),
        "glass_form": form if isinstance(form, GlassForm) else GlassForm(),
        "erase_form": form if isinstance(form, EraseForm) else EraseForm(),
        **told(refusal),
    }
    return render(request, "vault/ask.html", shown, status=422 if form is not None else 200)
