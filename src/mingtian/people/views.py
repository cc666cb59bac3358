"""The roster page: upload, preview, commit; names are not shown on it. The notice for families."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import UnitRow, joined_name, list_roots, unit_rows
from mingtian.people.access import get_batch_for, get_unit_to_import_for, units_to_import_for
from mingtian.people.actions import (
    ImportResult,
    commit_batch,
    drop_batch,
    open_batch,
    preview_batch,
    rejected_rows,
)
from mingtian.people.actions.rosters import roster_of
from mingtian.people.forms import RosterForm
from mingtian.people.queries.notices import notice_template
from mingtian.people.rosters.reading import MOST_BYTES
from mingtian.people.rosters.rejected import blank_workbook
from mingtian.people.rules import CONSENT_VERSION
from mingtian.web.reader import person
from mingtian.web.refusals import sentence
from mingtian.web.uploads import InMemory

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_PROBLEMS = 100
SHOWN_CLASSES = 50


@require_GET
def notice(request: HttpRequest, version: int = CONSENT_VERSION) -> HttpResponse:
    """Show the notice to anybody; every version that families have agreed to stays readable."""
    text = notice_template(version, get_language() or "", "full")
    if text is None:
        raise Http404
    shown = {"text": text, "version": version, "current": CONSENT_VERSION}
    return render(request, "people/notice.html", shown)


# The inner view is protected: the form may only be read once the upload handler is set.
@csrf_exempt
@login_required
@require_http_methods(["GET", "POST"])
def roster(request: HttpRequest) -> HttpResponseBase:
    request.upload_handlers = [InMemory(request, most=MOST_BYTES)]
    return _roster(request)


@csrf_protect
def _roster(request: HttpRequest) -> HttpResponse:
    user, now = person(request), clock.now()
    units = _units_to_choose(request, user, day_of(now))
    if not units and request.method == "POST":
        raise Http404
    if not units:
        return render(request, "people/roster_none.html")
    choices = [(row.public_id, row.title) for row in units]
    if request.method == "GET":
        return _form_page(request, RosterForm(units=choices))
    form = RosterForm(request.POST, request.FILES, units=choices)
    if not form.is_valid():
        return _form_page(request, form)
    upload = form.cleaned_data["file"]
    assert isinstance(upload, UploadedFile)
    try:
        batch = open_batch(
            uploader=user,
            under=next(row for row in units if row.public_id == form.cleaned_data["under"]),
            file_name=upload.name or "",
            content=upload.read(),
            options=form.options(),
            now=now,
        )
    except RuleBroken as refusal:
        form.add_error("file", sentence(refusal))
        return _form_page(request, form)
    return redirect("people:roster-preview", batch.public_id)


@login_required
@require_GET
def roster_preview(request: HttpRequest, batch: str) -> HttpResponse:
    now = clock.now()
    found = get_batch_for(person(request), batch, now)
    preview = preview_batch(batch=found, now=now)
    return render(
        request,
        "people/roster_preview.html",
        {
            "batch": found,
            "under": unit_rows([found.under_id], day_of(now))[found.under_id],
            "preview": preview,
            "problems": preview.problem_rows(SHOWN_PROBLEMS),
            "more_problems": max(0, len(preview.problems) - SHOWN_PROBLEMS),
            "classes": [
                (school, joined_name(grade, name), pupils)
                for school, grade, name, pupils in preview.classes_missing[:SHOWN_CLASSES]
            ],
            "more_classes": max(0, len(preview.classes_missing) - SHOWN_CLASSES),
        },
    )


@login_required
@require_GET
def roster_rejected(request: HttpRequest, batch: str) -> HttpResponse:
    now = clock.now()
    found = get_batch_for(person(request), batch, now)
    return _workbook(rejected_rows(roster=roster_of(found, now), now=now), "refused-rows")


@login_required
@require_POST
def roster_commit(request: HttpRequest, batch: str) -> HttpResponse:
    user, now = person(request), clock.now()
    found = get_batch_for(user, batch, now)
    done = commit_batch(batch=found, actor=user.get_username(), now=now)
    messages.success(request, _told(done))
    return redirect("people:roster")


@login_required
@require_POST
def roster_drop(request: HttpRequest, batch: str) -> HttpResponse:
    drop_batch(batch=get_batch_for(person(request), batch, clock.now()))
    messages.info(request, _("The upload was deleted. Nothing was changed."))
    return redirect("people:roster")


@login_required
@require_GET
def roster_template(request: HttpRequest) -> HttpResponse:
    person(request)
    return _workbook(blank_workbook(), "roster")


def _units_to_choose(request: HttpRequest, user: User, day: date) -> list[UnitRow]:
    """Return the units of the person's posts, first the one the address asks for, if in reach."""
    wanted: list[int] = []
    if public_id := request.GET.get("under") or request.POST.get("under"):
        wanted.append(get_unit_to_import_for(user, public_id, day))
    wanted += units_to_import_for(user, day)
    if user.is_superuser:
        wanted += [row.id for row in list_roots(day)]
    rows = unit_rows(wanted, day)
    return [rows[each] for each in dict.fromkeys(wanted) if each in rows]


def _form_page(request: HttpRequest, form: RosterForm) -> HttpResponse:
    status = 422 if form.errors else 200
    shown = {"form": form, "most_mb": MOST_BYTES // 1024 // 1024}
    return render(request, "people/roster.html", shown, status=status)


def _told(done: ImportResult) -> str:
    told = _(
        "The roster was taken over: %(new)s new, %(changed)s changed, "
        "%(unchanged)s unchanged, %(back)s back again."
    ) % {
        "new": done.new,
        "changed": done.changed,
        "unchanged": done.unchanged,
        "back": done.back,
    }
    if done.left:
        told += " " + _("Marked as left today: %(left)s.") % {"left": done.left}
    if done.classes_founded:
        told += " " + _("Classes founded: %(classes)s.") % {"classes": done.classes_founded}
    if done.rejected:
        told += " " + _("Rows refused: %(rejected)s.") % {"rejected": done.rejected}
    return told


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename={name}.xlsx"
    response.headers["Cache-Control"] = "no-store"
    return response
