"""A school's file: brought in, looked through, taken over."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.aid import access
from mingtian.aid.actions import Place
from mingtian.aid.actions.importing import (
    Preview,
    drop_upload,
    keep_upload,
    preview,
    rest_of,
    take_over,
)
from mingtian.aid.forms import ListForm
from mingtian.aid.models import Upload
from mingtian.aid.oddities import rows_to, shared_accounts
from mingtian.aid.queries.lists import fund_name, scheme_name
from mingtian.aid.reading import TEMPLATE, TEMPLATE_EN, Fault
from mingtian.aid.rules import parse_term
from mingtian.aid.views.common import inside, show
from mingtian.aid.words import term_name
from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import person_name
from mingtian.org.rules import Role
from mingtian.people.queries.tables import MOST_BYTES
from mingtian.web import tables
from mingtian.web.acting import act
from mingtian.web.reader import person
from mingtian.web.refusals import sentence
from mingtian.web.uploads import InMemory

SHOWN_FAULTS = 100
SHOWN_QUESTIONS = 20


# The inner view is protected: the form may only be read once the upload handler is set.
@csrf_exempt
@login_required
@require_http_methods(["GET", "POST"])
def new_list(request: HttpRequest) -> HttpResponseBase:
    """Bring in a school's list."""
    request.upload_handlers = [InMemory(request, most=MOST_BYTES)]
    return _new_list(request)


@csrf_protect
def _new_list(request: HttpRequest) -> HttpResponse:
    today = day_of(clock.now())
    with inside(request) as (desk, door):
        access.need(desk, Role.AID_CLERK)
        units = {post.unit.public_id: post.unit for post in desk.units_of(Role.AID_CLERK)}
        funds = {fund.public_id: fund for fund in access.funds_of(desk)}
        schemes = {one.public_id: one for one in access.schemes_of(desk)}
        form = ListForm(
            *([request.POST, request.FILES] if request.method == "POST" else []),
            units=[(key, unit.title) for key, unit in units.items()],
            funds=[(key, fund_name(fund)) for key, fund in funds.items()],
            schemes=[(key, scheme_name(one)) for key, one in schemes.items()],
            today=today,
        )  # fmt: skip
        if request.method == "POST" and form.is_valid():
            sent = form.cleaned_data
            upload = sent["file"]
            assert isinstance(upload, UploadedFile)
            place = Place(
                unit_id=units[sent["unit"]].id, fund=funds[sent["fund"]],
                scheme=schemes[sent["scheme"]], term=parse_term(sent["term"]),
            )  # fmt: skip
            try:
                kept = keep_upload(door, place, file_name=upload.name or "", content=upload.read())
                return redirect("aid:preview", kept.public_id)
            except RuleBroken as refusal:
                form.add_error("file", sentence(refusal))
    shown = {
        "form": form, "most_mb": MOST_BYTES // 1024 // 1024,
        "ready": bool(funds) and bool(schemes),
    }  # fmt: skip
    response = show(request, "new_list.html", shown)
    response.status_code = 422 if form.errors else 200
    return response


@login_required
@require_GET
def preview_upload(request: HttpRequest, upload: str) -> HttpResponse:
    """Show what taking the file over would do; of a file that was taken over, lead to its list."""
    with inside(request) as (desk, door):
        access.need(desk, Role.AID_CLERK)
        found = access.get_upload(upload, door.now)
        said = preview(door, found) if found.content else None
        entered = None if said else access.list_entered_from(found)
    if said:
        return _preview_page(request, found, said)
    # The browser's way back from the list leads here.
    messages.info(request, _("This file was taken over already."))
    return redirect("aid:list", entered) if entered else redirect("aid:index")


@login_required
@require_GET
def refused(request: HttpRequest, upload: str, form: str) -> HttpResponse:
    """Give the refused rows as they were typed, each with the reason, to be mended and brought in again."""
    with inside(request) as (desk, door):
        access.need(desk, Role.AID_CLERK)
        said = preview(door, access.get_upload_to_read(upload, door.now))
    heading, *_others = rows = [row for row in rest_of(said) if row]
    why = _("Why it was refused and what to do")
    # A file that was mended and refused again has this column already.
    last = len(heading) - 1 if heading[-1] == why else len(heading)
    told = {fault.row: _sentence(fault) for fault in said.faults}
    sheet = [
        [*(row[place] if place < len(row) else "" for place in range(last)), reason]
        for row, reason in zip(rows, [why, *told.values()], strict=True)
    ]
    return tables.download(sheet, name="aid-refused", form=form)


@login_required
@require_POST
def take(request: HttpRequest, upload: str) -> HttpResponse:
    """Take the sound rows over. A second click finds the list and changes nothing."""
    made: list[str] = []

    def do() -> str:
        with inside(request) as (desk, door):
            access.need(desk, Role.AID_CLERK)
            found = access.get_upload(upload, door.now)
            # From another tab, say: refused rows may be left, so not every line stands.
            if entered := access.list_entered_from(found):
                made.append(entered)
                return _("This file was taken over already.")
            listing = take_over(door, found)
            if listing is None:
                return _("Every line of the file stands already. Nothing was changed.")
            made.append(listing.public_id)
            return _("The list was entered and waits for approval.")

    def again(refusal: RuleBroken) -> HttpResponse:
        messages.error(request, sentence(refusal))
        return redirect("aid:preview", upload)

    response = act(request, do, to=reverse("aid:index"), again=again)
    return redirect("aid:list", made[0]) if made else response


@login_required
@require_POST
def drop(request: HttpRequest, upload: str) -> HttpResponse:
    """Delete a file that is not wanted."""
    with inside(request) as (desk, door):
        access.need(desk, Role.AID_CLERK)
        drop_upload(door, access.get_upload(upload, door.now))
    messages.info(request, _("The file was deleted. Nothing was changed."))
    return redirect("aid:new-list")


@login_required
@require_GET
def template(request: HttpRequest, form: str) -> HttpResponse:
    """Give an empty list to fill in."""
    desk = access.desk_for(request.user, clock.now())
    access.need(desk, Role.AID_CLERK)
    heads = TEMPLATE if (get_language() or "").startswith("zh") else TEMPLATE_EN
    return tables.download([heads], name="aid-list", form=form)


def _preview_page(request: HttpRequest, upload: Upload, said: Preview) -> HttpResponse:
    return show(request, "preview.html", {
        "upload": upload,
        "scheme": scheme_name(upload.scheme),
        "term": term_name(upload.term),
        "fund": fund_name(upload.fund),
        "preview": said,
        "faults": [(fault.row, _sentence(fault)) for fault in said.faults[:SHOWN_FAULTS]],
        "more_faults": max(0, len(said.faults) - SHOWN_FAULTS),
        "questions": [] if upload.taken_at else _questions(request, said)[:SHOWN_QUESTIONS],
    })  # fmt: skip


def _questions(request: HttpRequest, said: Preview) -> list[tuple[str, str]]:
    """Return what the rows that would be taken over leave to be asked: which rows, and what."""
    rows = [each.row for each in said.fresh]
    shared = [
        (
            ", ".join(map(str, one.rows)),
            _(
                "%(number)s children have the account %(account)s. Right for brothers and sisters;"
                " otherwise correct it."
            )
            % {"number": len(one.rows), "account": one.account},
        )
        for one in shared_accounts(rows)
    ]
    own = [
        (
            str(row),
            _("The payee has your name. If it is you, let somebody else enter this row."),
        )
        for row in rows_to(person_name(person(request)), rows)
    ]
    return own + shared


def _sentence(fault: Fault) -> str:
    return sentence(RuleBroken(fault.code, **fault.facts))
