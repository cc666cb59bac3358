"""Certificates of the home as files, and the fallback of a picture where a campaign wants it."""

from datetime import datetime

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from mingtian.certificates.actions.printing import CONTENT_TYPES, Wanted, print_certificate
from mingtian.core.errors import RuleBroken
from mingtian.family.access import Visit
from mingtian.family.views.visiting import for_family
from mingtian.screenshots.actions import Sender, send_picture
from mingtian.screenshots.rules import MOST_BYTES, Refusal
from mingtian.web.uploads import InMemory


@require_POST
@for_family
def certificate(
    request: HttpRequest, visit: Visit, now: datetime, serial: str, form: str
) -> HttpResponseBase:
    """Draw a certificate of this home; a name typed for it is printed and not kept."""
    if form not in CONTENT_TYPES:
        raise Http404
    wanted = Wanted(
        serial=serial,
        person_ids=visit.home.person_ids,
        form=form,
        name=request.POST.get("name", ""),
    )
    printed = print_certificate(wanted=wanted, actor=visit.home.actor, now=now)
    response = HttpResponse(printed.body, content_type=printed.content_type)
    # Shown, not loaded down: in WeChat a picture is kept by a long press, and nothing downloads.
    shown = "inline" if form == "png" else "attachment"
    response.headers["Content-Disposition"] = f'{shown}; filename="{printed.file_name}"'
    return response


# The inner view is protected: the form may only be read once the upload handler is set.
@csrf_exempt
@require_POST
def picture(request: HttpRequest) -> HttpResponseBase:
    """Take a picture of one evening for the class teacher (STA-2), where that is switched on."""
    request.upload_handlers = [InMemory(request, most=MOST_BYTES)]
    return _picture(request)


@csrf_protect
@for_family
def _picture(request: HttpRequest, visit: Visit, now: datetime) -> HttpResponseBase:
    home = visit.home
    if home.has_left:
        raise RuleBroken(Refusal.WITHDRAWN)
    upload = request.FILES.get("picture")
    if not isinstance(upload, UploadedFile):
        raise RuleBroken(Refusal.NO_FILE)
    number = request.POST.get("lecture", "")
    send_picture(
        sender=Sender(campaign_id=home.campaign.id, household_id=home.household_id),
        lecture_number=int(number) if number.isdecimal() and len(number) < 4 else 0,
        upload=upload.read(),
        now=now,
    )
    messages.success(request, _("The picture is with the class teacher."))
    return redirect("family:my")
