"""Write a document, attach files to it, head the unit's papers, keep lists of receivers."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from mingtian.campaigns.access import campaigns_visible_to
from mingtian.campaigns.queries import CampaignRow, campaign_row
from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import public_id
from mingtian.documents import access, actions
from mingtian.documents.forms import (
    DocumentForm,
    LetterheadForm,
    ListForm,
    Offer,
    initial_of,
)
from mingtian.documents.queries import letterhead_of, list_citable
from mingtian.documents.queries.receivers import circle_of, list_sending_lists
from mingtian.documents.rules import MOST_ATTACHMENTS, MOST_BYTES, Genre, State, check_state
from mingtian.documents.views.steps import show
from mingtian.documents.words import KINDS, LINES, SKELETONS
from mingtian.org.queries import UnitRow
from mingtian.web.acting import actor
from mingtian.web.reader import person
from mingtian.web.refusals import sentence
from mingtian.web.uploads import InMemory


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, unit: str) -> HttpResponse:
    """Begin a document at a unit; what was typed stays when it is refused."""
    now = clock.now()
    post = access.get_writing_post(request.user, unit, now)
    offer = _offer(request, post.unit.id, now)
    form = DocumentForm(request.POST or None, offer=offer, initial=_beginning(request, offer))
    refusal: RuleBroken | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_draft(
                unit_id=post.unit.id,
                draft=form.draft(),
                by=actor(request),
                now=now,
                key=form.cleaned_data["key"],
            )
            messages.success(request, _("Kept as a draft."))
            return redirect("documents:document", made.public_id)
        except RuleBroken as broken:
            refusal = broken
    return _editor(request, form, post.unit, refusal=refusal)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, document: str) -> HttpResponse:
    """Write a draft anew; what was typed stays when it is refused."""
    now = clock.now()
    place = access.get_place_to_write(request.user, document, now)
    found = place.document
    try:
        check_state(State(found.state), {State.DRAFT})
    except RuleBroken as broken:
        return show(request, place, now, broken)
    offer = _offer(request, found.unit_id, now)
    initial = initial_of(found, offer, [each.unit_id for each in place.partners])
    form = DocumentForm(request.POST or None, offer=offer, initial=initial)
    refusal: RuleBroken | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_draft(
                document_id=found.pk,
                draft=form.draft(),
                by=actor(request),
                now=now,
                edits=form.cleaned_data["edits"],
            )
            messages.success(request, _("Kept as a draft."))
            return redirect("documents:document", document)
        except RuleBroken as broken:
            refusal = broken
    return _editor(request, form, place.standing.unit, refusal=refusal, document=document)


# The inner view is protected: the form may only be read once the upload handler is set.
@csrf_exempt
@login_required
@require_POST
def attach(request: HttpRequest, document: str) -> HttpResponseBase:
    """Add a file to a draft."""
    request.upload_handlers = [InMemory(request, most=MOST_BYTES)]
    return _attach(request, document)


@csrf_protect
def _attach(request: HttpRequest, document: str) -> HttpResponse:
    now = clock.now()
    place = access.get_place_to_write(request.user, document, now)
    file = request.FILES.get("file")
    content, name = b"", ""
    if isinstance(file, UploadedFile):
        content, name = file.read(), file.name or ""
    try:
        actions.attach(
            document_id=place.document.pk, name=name, content=content, by=actor(request), now=now
        )
    except RuleBroken as refusal:
        return show(request, place, now, refusal)
    messages.success(request, _("Attached."))
    return redirect("documents:document", document)


@login_required
@require_POST
def detach(request: HttpRequest, document: str, attachment: str) -> HttpResponse:
    """Take a file off a draft."""
    now = clock.now()
    place = access.get_place_to_write(request.user, document, now)
    try:
        actions.detach(
            document_id=place.document.pk, attachment=attachment, by=actor(request), now=now
        )
    except RuleBroken as refusal:
        return show(request, place, now, refusal)
    return redirect("documents:document", document)


@login_required
@require_http_methods(["GET", "POST"])
def sending(request: HttpRequest, unit: str) -> HttpResponse:
    """Choose how a unit's papers are headed and numbered, and keep its lists of receivers."""
    now = clock.now()
    post = access.get_writing_post(request.user, unit, now)
    circle, head = circle_of(post.unit.id, day_of(now)), letterhead_of(post.unit)
    what = request.POST.get("what", "") if request.method == "POST" else ""
    heading = LetterheadForm(
        request.POST if what == "letterhead" else None,
        initial={"mark": head.mark, "symbol": head.symbol},
    )
    listing = ListForm(request.POST if what == "list" else None, circle=circle)
    refusal: RuleBroken | None = None
    if request.method == "POST":
        try:
            if _change_sending(request, post.unit, heading, listing, now):
                messages.success(request, _("Kept."))
                return redirect("documents:sending", unit)
        except RuleBroken as broken:
            refusal = broken
    shown = {
        "unit": post.unit,
        "head": head,
        "heading": heading,
        "listing": listing,
        "lists": [
            (each, [(KINDS[a.kind], LINES[a.line]) for a in each.addresses])
            for each in list_sending_lists(post.unit.id)
        ],
        "refusal": refusal,
        "told": sentence(refusal) if refusal else "",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "documents/sending.html", shown, status=status)


def _change_sending(
    request: HttpRequest, unit: UnitRow, heading: LetterheadForm, listing: ListForm, now: datetime
) -> bool:
    """Do what the form asks; False when it cannot be read."""
    by = actor(request)
    if heading.is_bound and heading.is_valid():
        sent = heading.cleaned_data
        actions.set_letterhead(unit=unit, mark=sent["mark"], symbol=sent["symbol"], by=by, now=now)
    elif listing.is_bound and listing.is_valid():
        sent = listing.cleaned_data
        actions.save_list(unit=unit, name=sent["name"], addresses=sent["addresses"], by=by, now=now)
    elif drop := request.POST.get("drop"):
        actions.drop_list(unit=unit, public_id=drop.replace("\0", ""), by=by, now=now)
    else:
        return False
    return True


def _offer(request: HttpRequest, unit_id: int, now: datetime) -> Offer:
    """Return what the editor offers. At most fifteen statements, however many units there are."""
    day = day_of(now)
    return Offer(
        circle=circle_of(unit_id, day),
        lists=list_sending_lists(unit_id),
        citable=list_citable([unit_id]),
        campaigns=[campaign_row(each) for each in campaigns_visible_to(person(request), day)],
    )


def _beginning(request: HttpRequest, offer: Offer) -> dict[str, object]:
    """Return with what a new document begins: its kind's sections, what it cites."""
    asked = request.GET.get("genre", "")
    genre = Genre(asked) if asked in set(Genre) else Genre.NOTICE
    begun: dict[str, object] = {
        "key": public_id(),
        "genre": genre.value,
        "text": SKELETONS.get(genre, ""),
    }
    wanted = request.GET.get("parent", "")
    parent = next((each for each in offer.citable if each.public_id == wanted), None)
    if parent is not None:
        return {**begun, "parent": parent.public_id}
    wanted = request.GET.get("campaign", "")
    campaign = next((each for each in offer.campaigns if each.public_id == wanted), None)
    return begun if campaign is None else {**begun, **_under_mandate(campaign)}


def _under_mandate(campaign: CampaignRow) -> dict[str, object]:
    mandate = campaign.mandate
    number = f"{mandate.symbol}〔{mandate.year}〕{mandate.number}号" if mandate.number else ""
    return {
        "campaign": campaign.public_id,
        "parent_issuer": mandate.issuer,
        "parent_number": number,
        "parent_on": mandate.issued_on,
    }


def _editor(
    request: HttpRequest,
    form: DocumentForm,
    unit: UnitRow,
    *,
    refusal: RuleBroken | None,
    document: str = "",
) -> HttpResponse:
    shown = {
        "form": form,
        "unit": unit,
        "document": document,
        "most": MOST_ATTACHMENTS,
        "refusal": refusal,
        "told": sentence(refusal) if refusal else "",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "documents/edit.html", shown, status=status)
