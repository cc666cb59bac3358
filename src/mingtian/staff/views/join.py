"""Taking up an invitation: the link opens an empty form, the word told by telephone the post."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.staff.actions import (
    Newcomer,
    Renewal,
    accept_as,
    accept_as_newcomer,
    renew_access,
)
from mingtian.staff.forms import AccessForm, JoinForm, WordForm
from mingtian.staff.queries.invitations import state_of_link
from mingtian.staff.rules import REFUSALS, State
from mingtian.staff.views.sign_in import enter
from mingtian.web.reader import person
from mingtian.web.refusals import sentence

Form = JoinForm | WordForm | AccessForm

FIELD_OF = {
    "account_name_taken": "username",
    "account_name_unfit": "username",
    "password_weak": "password",
    "invitation_wrong_word": "word",
}


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Say nothing of unit and role before the word is right; unknown links find nothing."""
    found = state_of_link(secret, clock.now())
    if found is None:
        raise Http404
    state, renews = found
    form = _form(request, renews=renews)
    if state is not State.OPEN and request.method == "GET":
        return _closed(request, RuleBroken(REFUSALS[state]))
    if request.method == "GET" or not form.is_valid():
        return _page(request, form)
    try:
        return _accept(request, secret, form)
    except RuleBroken as refusal:
        if refusal.code not in FIELD_OF:
            return _closed(request, refusal)
        form.add_error(FIELD_OF[refusal.code], sentence(refusal))
        return _page(request, form)


def _form(request: HttpRequest, *, renews: bool) -> Form:
    sent = request.POST or None
    if renews:
        return AccessForm(sent)
    return WordForm(sent) if request.user.is_authenticated else JoinForm(sent)


def _accept(request: HttpRequest, secret: str, form: Form) -> HttpResponse:
    now, data = clock.now(), form.cleaned_data
    if isinstance(form, AccessForm):
        renewal = Renewal(secret=secret, word=data["word"], password=data["password"])
        user = renew_access(renewal=renewal, now=now)
        logout(request)
        messages.success(request, _("The new password is set. Your name for signing in is below."))
        return enter(request, user, "/desk/account/")
    if isinstance(form, WordForm):
        accept_as(secret=secret, word=data["word"], user=person(request), now=now)
        messages.success(request, _("You hold the new post. It stands among your posts."))
        return redirect("staff:own")
    newcomer = Newcomer(username=data["username"], password=data["password"])
    user = accept_as_newcomer(secret=secret, word=data["word"], newcomer=newcomer, now=now)
    messages.success(request, _("Welcome. Your account is made."))
    return enter(request, user, "/desk/account/")


def _page(request: HttpRequest, form: Form) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "staff/join.html", {"form": form}, status=status)


def _closed(request: HttpRequest, refusal: RuleBroken) -> HttpResponse:
    shown = {"code": refusal.code, "sentence": sentence(refusal)}
    return render(request, "staff/join_closed.html", shown, status=409)
