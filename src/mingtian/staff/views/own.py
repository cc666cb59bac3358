"""The own account: posts with terms, what was handed over, sessions, password, language."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.staff.access import may_invite
from mingtian.staff.actions import change_password, end_session, end_sessions
from mingtian.staff.forms import PasswordForm
from mingtian.staff.queries import needs_second_factor
from mingtian.staff.queries.accounts import list_sessions
from mingtian.staff.queries.handovers import list_handovers
from mingtian.staff.queries.people import list_own_posts
from mingtian.staff.rules import READING_TRAIL, SEEING_PEOPLE
from mingtian.staff.views.holders import for_holders
from mingtian.staff.words import role_word
from mingtian.web.reader import person
from mingtian.web.refusals import sentence

FIELD_OF = {"password_wrong": "present", "too_many_tries": "present", "password_weak": "password"}


@for_holders
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    user, now = person(request), clock.now()
    day = clock.day_of(now)
    posts = list_own_posts(user.pk, now=now)
    roles = {post.role for post in posts if post.starts_on <= day}
    shown = {
        "posts": [(post, role_word(post.role)) for post in posts],
        "handovers": [(row, role_word(row.role)) for row in list_handovers(user.pk, day)],
        "sessions": list_sessions(user, request.session.session_key or ""),
        "missing": needs_second_factor(user.pk, day),
        "may_invite": may_invite(user, day),
        "sees_people": bool(roles & SEEING_PEOPLE),
        "reads_trail": bool(roles & READING_TRAIL),
    }
    return render(request, "staff/own.html", shown)


@for_holders
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    user = person(request)
    form = PasswordForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _password_page(request, form)
    try:
        change_password(
            user=user,
            present=form.cleaned_data["present"],
            new=form.cleaned_data["password"],
            keep=request.session.session_key or "",
            now=clock.now(),
        )
    except RuleBroken as refusal:
        form.add_error(FIELD_OF.get(refusal.code), sentence(refusal))
        return _password_page(request, form)
    update_session_auth_hash(request, user)
    messages.success(request, _("The password is changed. All other devices are signed out."))
    return redirect("staff:own")


def _password_page(request: HttpRequest, form: PasswordForm) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "staff/password.html", {"form": form}, status=status)


@for_holders
@require_POST
def session_end(request: HttpRequest) -> HttpResponse:
    user, wanted = person(request), request.POST.get("session", "")
    if wanted.isdigit():
        end_session(user=user, session=int(wanted), actor=user.get_username(), now=clock.now())
    messages.success(request, _("That device is signed out."))
    return redirect("staff:own")


@for_holders
@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    user = person(request)
    ended = end_sessions(
        user=user,
        actor=user.get_username(),
        keep=request.session.session_key or "",
        now=clock.now(),
    )
    said = ngettext(
        "%(n)s other device is signed out.", "%(n)s other devices are signed out.", ended
    )
    messages.success(request, said % {"n": ended})
    return redirect("staff:own")
