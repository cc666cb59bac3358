"""Receipts of leave-takings, and the phone's seats after a change of the home."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST, require_safe

from mingtian.attendance.access import mint_seat, open_seat
from mingtian.core import clock
from mingtian.core.ids import tidy_code
from mingtian.family.pages import count_rows
from mingtian.family.views.visiting import personal
from mingtian.family.words import member_words
from mingtian.people.queries.homes import find_receipt, list_members

LONGEST_TOKEN = 400


@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponseBase:
    """What was removed, and when. Holds nothing personal: whoever has the code may read it."""
    found = find_receipt(tidy_code(code))
    if found is None:
        raise Http404
    shown = {"receipt": found, "counts": count_rows(found.counts)}
    return personal(render(request, "family/receipt.html", shown))


@require_safe
def find(request: HttpRequest) -> HttpResponseBase:
    """Lead from a typed code to its receipt."""
    typed = tidy_code(request.GET.get("code", ""))[:40]
    if typed and find_receipt(typed) is not None:
        return redirect("family:receipt", typed)
    return personal(render(request, "family/find_receipt.html", {"typed": typed}))


@require_GET
@ensure_csrf_cookie
def done(request: HttpRequest) -> HttpResponseBase:
    """Let the phone put its own seats right after a change; show where the receipt is."""
    found = find_receipt(tidy_code(request.GET.get("receipt", "")))
    return personal(render(request, "family/done.html", {"receipt": found}))


@require_POST
def renew(request: HttpRequest) -> HttpResponseBase:
    """Give a phone the present token of its seat for the one it shows; 410 when it is gone."""
    now: datetime = clock.now()
    token = request.POST.get("seat", "")[:LONGEST_TOKEN]
    seat = open_seat(token, now)
    if seat is None:
        return personal(JsonResponse({}, status=410))
    members = list_members([seat.household_id]).get(seat.household_id, [])
    own = [one for one in members if one.id in seat.person_ids]
    fresh = token if seat.withdrawn else mint_seat(seat.seat_id) or token
    return personal(JsonResponse({"seat": fresh, "members": [member_words(one) for one in own]}))
