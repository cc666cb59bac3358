"""Recognise a phone by its WeChat account, at its owner's wish; every failure leads on to entry.

All addresses answer 404 while the operator has set no account.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from hmac import compare_digest

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mingtian.core import clock
from mingtian.core.clock import milliseconds
from mingtian.core.errors import RuleBroken
from mingtian.web.refusals import sentence
from mingtian.wechat import actions, crossing, queries
from mingtian.wechat.crossing import Asking, Known
from mingtian.wechat.exchange import ask_who, authorize_url, enabled
from mingtian.wechat.rules import Refusal, inside_wechat, onward

View = Callable[[HttpRequest], HttpResponseBase]


def where_enabled(view: View) -> View:
    """Answer only where the operator has set up WeChat."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponseBase:
        if not enabled():
            raise Http404
        response = view(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return answer


@require_GET
@where_enabled
def start(request: HttpRequest) -> HttpResponseBase:
    """Send the browser to WeChat, which sends it back at once and silently."""
    to = onward(request.GET.get("next", ""))
    if not inside_wechat(request.headers.get("User-Agent", "")):
        return _trouble(request, RuleBroken(Refusal.OUTSIDE), to)
    asking = Asking(state=secrets.token_hex(16), to=to)
    back_to = f"{settings.PUBLIC_ORIGIN}{reverse('wechat:back')}"
    response = HttpResponseRedirect(authorize_url(state=asking.state, back=back_to))
    crossing.keep_asking(response, asking, secure=settings.SESSION_COOKIE_SECURE)
    return response


@require_GET
@where_enabled
def back(request: HttpRequest) -> HttpResponseBase:
    """Take the code that WeChat sent along, ask who it stands for, go on to a clean address."""
    asking, secure = crossing.asking_of(request), settings.SESSION_COOKIE_SECURE
    to = asking.to if asking else onward("")
    try:
        state, code = request.GET.get("state", ""), request.GET.get("code", "")
        # One browser's answer must not be given to another.
        if asking is None or not code or not compare_digest(asking.state, _ascii(state)):
            raise RuleBroken(Refusal.STATE)
        answer = ask_who(code)
    except RuleBroken as refusal:
        return _trouble(request, refusal, to)
    if answer.snapshot:
        response: HttpResponseBase = redirect(to)
    else:
        response = redirect("wechat:phone")
        known = Known(account=actions.account_of(answer.openid), to=to)
        crossing.keep_known(response, known, secure=secure)
    crossing.mark_snapshot(response, snapshot=answer.snapshot, secure=secure)
    return response


@require_GET
@where_enabled
def phone(request: HttpRequest) -> HttpResponseBase:
    """Offer to remember the homes on this phone, or those that were here before."""
    known = crossing.known_of(request)
    if known is None:
        return _trouble(request, RuleBroken(Refusal.STATE), onward(""))
    homes = queries.list_homes(known.account, clock.now())
    shown = {
        "homes": homes,
        "facts": [_as_the_phone_keeps_it(home) for home in homes],
        "remembered": queries.count_seats(known.account),
        "to": known.to,
    }
    return render(request, "wechat/phone.html", shown)


@require_POST
@where_enabled
def phone_remember(request: HttpRequest) -> HttpResponseBase:
    """Remember the seats that the phone shows."""
    known = crossing.known_of(request)
    if known is None:
        return _trouble(request, RuleBroken(Refusal.STATE), onward(""))
    try:
        actions.remember_seats(
            account=known.account, tokens=request.POST.getlist("seat"), now=clock.now()
        )
    except RuleBroken as refusal:
        return _trouble(request, refusal, known.to)
    messages.success(request, _("This phone will be recognised."))
    return redirect("wechat:phone")


@require_POST
@where_enabled
def phone_forget(request: HttpRequest) -> HttpResponseBase:
    """Forget this phone account; what was recorded stays."""
    known = crossing.known_of(request)
    if known is None:
        return _trouble(request, RuleBroken(Refusal.STATE), onward(""))
    actions.forget_phone(account=known.account)
    messages.success(request, _("This phone is forgotten. What was recorded stays."))
    return redirect("wechat:phone")


def _trouble(request: HttpRequest, refusal: RuleBroken, to: str) -> HttpResponse:
    """Say what went wrong and lead on: nobody needs WeChat to enter."""
    shown = {"code": refusal.code, "sentence": sentence(refusal), "to": to}
    return render(request, "wechat/trouble.html", shown, status=409)


def _as_the_phone_keeps_it(home: queries.HomeRow) -> dict[str, object]:
    """Return a home as the entry's reply would have it, for the phone's own store."""
    return {
        "seat": home.token,
        "campaign": home.campaign_id,
        "unit": home.unit,
        "codes": list(home.codes),
        "expires_at": milliseconds(home.expires_at),
        "members": [
            {"kind": one.kind.name.lower(), "kin": one.kin or None, "label": None}
            for one in home.members
        ],
    }


def _ascii(text: str) -> str:
    return text if text.isascii() else ""
