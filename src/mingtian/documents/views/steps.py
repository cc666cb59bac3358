"""Read a document, and take it from step to step."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from mingtian.core import clock
from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken
from mingtian.documents import access, actions
from mingtian.documents.access import Place
from mingtian.documents.outline import page_of, table_of
from mingtian.documents.queries import cascade_below
from mingtian.documents.sheet import paper_of
from mingtian.papers.pdf import draw_pdf
from mingtian.papers.word import draw_docx
from mingtian.web import tables
from mingtian.web.acting import actor
from mingtian.web.refusals import sentence

PAPERS: dict[str, tuple[Callable[..., bytes], str]] = {
    "pdf": (draw_pdf, "application/pdf"),
    "docx": (
        draw_docx,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
}
CLOSED_TO_SCRIPTS = "default-src 'none'; sandbox"

Step = Callable[[Place, Actor, datetime], str]


@login_required
@require_GET
def document(request: HttpRequest, document: str) -> HttpResponse:
    """Show a document. To open it is to receive it, for whoever answers for a receiver."""
    now = clock.now()
    place = access.get_place_for(request.user, document, now)
    unopened = [each for each in place.handled if each.received_at is None]
    for receipt in unopened:
        actions.receive(receipt_id=receipt.pk, by=actor(request), now=now)
    if unopened:
        place = access.get_place_for(request.user, document, now)
    return show(request, place, now)


@login_required
@require_GET
def paper(request: HttpRequest, document: str, form: str) -> HttpResponse:
    """Give the document as PDF or Word, laid out as the norm says; a draft bears no number."""
    now = clock.now()
    place = access.get_place_for(request.user, document, now)
    if form not in PAPERS:
        raise Http404
    draw, content_type = PAPERS[form]
    try:
        made = draw(paper_of(place.document, now))
    except RuleBroken as refusal:
        return show(request, place, now, refusal)
    return _file(made, content_type, f"{place.document.public_id}.{form}")


@login_required
@require_GET
def attachment(request: HttpRequest, document: str, attachment: str) -> HttpResponse:
    """Give an attached file to be kept, never to be run in the page."""
    place = access.get_place_for(request.user, document, clock.now())
    found = access.get_attachment_for(place, attachment)
    content = actions.open_attachment(found)
    return _file(content, "application/octet-stream", f"{found.public_id}.{found.kind}")


@login_required
@require_GET
def cascade_file(request: HttpRequest, document: str, form: str) -> HttpResponse:
    """Give the way down as CSV or XLSX, as far as the reader sees it."""
    place = access.get_place_for(request.user, document, clock.now())
    if not place.document.is_out:
        raise Http404
    rows = table_of(cascade_below(place.document, place.standing), place.document.reference)
    return tables.download(rows, name=f"cascade-{place.document.public_id}", form=form)


@login_required
@require_POST
def step(request: HttpRequest, document: str, verb: str) -> HttpResponse:
    """Take the document one step on; a double click does nothing twice."""
    now = clock.now()
    door, act, told = STEPS[verb]
    place = door(request.user, document, now)
    try:
        leads_to = act(place, actor(request), now)
    except RuleBroken as refusal:
        actions.note_refused(document=place.document, code=refusal.code, by=actor(request), now=now)
        return show(request, place, now, refusal)
    messages.success(request, str(told))
    if leads_to:
        return redirect("documents:document", leads_to)
    return redirect("documents:inbox")


def show(
    request: HttpRequest, place: Place, now: datetime, refusal: RuleBroken | None = None
) -> HttpResponse:
    """Render the page of a document, with what was refused."""
    shown = {
        "place": place,
        "document": place.document,
        "page": page_of(place, now),
        "refusal": refusal,
        "told": sentence(refusal) if refusal else "",
    }
    return render(request, "documents/document.html", shown, status=422 if refusal else 200)


def _plain(act: Callable[..., object]) -> Step:
    def do(place: Place, by: Actor, now: datetime) -> str:
        act(document_id=place.document.pk, by=by, now=now)
        return place.document.public_id

    return do


def _agree(place: Place, by: Actor, now: datetime) -> str:
    assert place.partner is not None, "the door saw to it"
    actions.agree(document_id=place.document.pk, unit_id=place.partner.unit_id, by=by, now=now)
    return place.document.public_id


def _drop(place: Place, by: Actor, now: datetime) -> str:
    actions.drop_draft(document_id=place.document.pk, by=by, now=now)
    return ""


def _new_version(place: Place, by: Actor, now: datetime) -> str:
    return actions.new_version(document_id=place.document.pk, by=by, now=now).public_id


STEPS: dict[str, tuple[Callable[..., Place], Step, str | Promise]] = {
    "review": (access.get_place_to_write, _plain(actions.review), _("It waits for a signature.")),
    "send-back": (access.get_place_to_sign, _plain(actions.send_back), _("It is a draft again.")),
    "sign": (access.get_place_to_sign, _plain(actions.sign), _("Signed.")),
    "agree": (access.get_place_to_agree, _agree, _("Your body has agreed.")),
    "issue": (access.get_place_to_sign, _plain(actions.issue), _("Issued and sent.")),
    "close": (
        access.get_place_to_sign,
        _plain(actions.close),
        _("Closed. Nobody is asked any more."),
    ),
    "new-version": (access.get_place_to_write, _new_version, _("The new version is a draft.")),
    "drop": (access.get_place_to_write, _drop, _("The draft is gone.")),
}


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = CLOSED_TO_SCRIPTS
    return response
