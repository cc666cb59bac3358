"""A family asks its class teacher about an evening (CER-1)."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingtian.attendance.actions.appeals import open_appeal
from mingtian.core.errors import RuleBroken
from mingtian.family.access import Visit, get_lecture_of, get_member_of
from mingtian.family.forms import AskForm
from mingtian.family.views.visiting import for_family
from mingtian.family.words import label_of
from mingtian.web.refusals import sentence


@require_http_methods(["GET", "POST"])
@for_family
def ask(
    request: HttpRequest, visit: Visit, now: datetime, number: int, person: str
) -> HttpResponseBase:
    """Show the form, and bring the question before the class teacher."""
    member = get_member_of(visit.home, person)
    lecture = get_lecture_of(visit.home, number)
    if now < lecture.ends_at:
        raise Http404
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            open_appeal(
                person_id=member.id,
                lecture_id=lecture.id,
                text=form.cleaned_data["text"],
                now=now,
                actor=visit.home.actor,
            )
        except RuleBroken as refusal:
            form.add_error("text", sentence(refusal))
        else:
            messages.success(request, _("Your question is with the class teacher."))
            return redirect("family:my")
    shown = {"form": form, "lecture": lecture, "label": label_of(member), "person": person}
    return render(request, "family/ask.html", shown, status=409 if form.errors else 200)
