"""What a receiver says it did with a document: passed on, met, required (DOC-4)."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingtian.core import clock
from mingtian.core.actor import Actor
from mingtian.core.clock import SHANGHAI, day_of
from mingtian.core.errors import RuleBroken
from mingtian.documents import access, actions
from mingtian.documents.forms import MeetingForm, Offer, RelayForm, RequirementsForm
from mingtian.documents.models import Receipt
from mingtian.documents.queries import steps_of
from mingtian.documents.queries.receivers import circle_of, list_sending_lists
from mingtian.documents.rules import ISSUING, WRITERS
from mingtian.documents.words import STAGES
from mingtian.org.queries import UnitRow, unit_rows
from mingtian.org.rules import UnitKind
from mingtian.web.acting import actor
from mingtian.web.refusals import sentence


@login_required
@require_http_methods(["GET", "POST"])
def handle(request: HttpRequest, document: str, unit: str) -> HttpResponse:
    """Show what a unit has still to do with a document, and note what it did."""
    now = clock.now()
    place, receipt, post = access.get_receipt_for(request.user, document, unit, now)
    forms = _forms(request, post.unit, now)
    what = request.POST.get("what", "") if request.method == "POST" else ""
    refusal: RuleBroken | None = None
    if what in forms and forms[what].is_valid():
        try:
            _note(what, forms[what], receipt, actor(request), now)
        except RuleBroken as broken:
            refusal = broken
        else:
            messages.success(request, _("Noted. Thank you."))
            return redirect("documents:handle", document, unit)
    elif request.method == "GET" and receipt.received_at is None:
        receipt = actions.receive(receipt_id=receipt.pk, by=actor(request), now=now)
    issued_at = place.document.issued_at
    assert issued_at is not None, "a receipt is of an issued document"
    through = unit_rows([receipt.through_id], day_of(issued_at))[receipt.through_id]
    shown = {
        "document": place.document,
        "unit": post.unit,
        "receipt": receipt,
        "through": through,
        "steps": [(STAGES[step.stage], step) for step in steps_of(receipt, issued_at)],
        "forms": forms,
        "has_below": bool(forms["relay"].fields["to_lists"].choices),  # type: ignore[attr-defined]
        "may_write": place_writes(request, post.unit, now),
        "may_enter": place.at(post.unit.id, WRITERS),
        "meeting_kind": "leaders" if post.unit.kind is UnitKind.SCHOOL else "study",
        "what": what,
        "refusal": refusal,
        "told": sentence(refusal) if refusal else "",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "documents/handle.html", shown, status=status)


def place_writes(request: HttpRequest, unit: UnitRow, now: datetime) -> bool:
    """Say whether the reader may issue own requirements as a document of the unit."""
    posts = access.writing_posts(request.user, now)
    return unit.kind in ISSUING and any(post.unit.id == unit.id for post in posts)


def _forms(request: HttpRequest, unit: UnitRow, now: datetime) -> dict[str, Form]:
    """Return the three forms; the one that was sent holds what was typed."""
    offer = Offer(circle=circle_of(unit.id, day_of(now)), lists=list_sending_lists(unit.id))
    what = request.POST.get("what", "")
    local = now.astimezone(SHANGHAI).replace(second=0, microsecond=0)
    return {
        "relay": RelayForm(request.POST if what == "relay" else None, offer=offer),
        "meeting": MeetingForm(
            request.POST if what == "meeting" else None, initial={"held_at": local}
        ),
        "requirements": RequirementsForm(request.POST if what == "requirements" else None),
    }


def _note(what: str, form: Form, receipt: Receipt, by: Actor, now: datetime) -> None:
    sent = form.cleaned_data
    if isinstance(form, RelayForm):
        actions.relay(receipt_id=receipt.pk, onward=form.onward(), by=by, now=now)
    elif what == "meeting":
        actions.note_meeting(
            receipt_id=receipt.pk, held_at=sent["held_at"], words=sent["words"], by=by, now=now
        )
    else:
        actions.note_requirements(receipt_id=receipt.pk, words=sent["words"], by=by, now=now)
