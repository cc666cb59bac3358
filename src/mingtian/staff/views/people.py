"""People of the own unit: who holds which post, who is invited, invite, end, hand over."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import lines_of, path_on
from mingtian.org.rules import Line, UnitKind
from mingtian.staff.access import (
    get_post_for,
    get_unit_to_see_for,
    may_invite,
    posts_seeing_people,
)
from mingtian.staff.actions import close_account, end_held_post, hand_over, offer_access
from mingtian.staff.forms import EndForm, HandoverForm, new_once
from mingtian.staff.open_things import open_things
from mingtian.staff.queries.people import (
    MOST_EXPORTED,
    MOST_SHOWN,
    HolderRow,
    Reach,
    Show,
    list_invitations,
    list_people,
    place_of,
    reach_of,
)
from mingtian.staff.views.invitations import remember_to_show
from mingtian.staff.words import role_word
from mingtian.web import tables
from mingtian.web.reader import person
from mingtian.web.refusals import sentence

SHOW_WORDS = {
    Show.ALL: gettext_lazy("All"),
    Show.ENDING: gettext_lazy("Ending soon"),
    Show.MISSING: gettext_lazy("Without second factor"),
    Show.ASLEEP: gettext_lazy("Not signed in for 180 days"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What a reader asked the list for, and below which units it looks."""

    reach: list[Reach]
    words: str
    show: Show
    unit: str


@login_required
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    user, now = person(request), clock.now()
    asked = _asked(request, now)
    rows = list_people(asked.reach, now=now, words=asked.words, show=asked.show, most=MOST_SHOWN)
    shown = {
        "rows": [(row, role_word(row.role)) for row in rows],
        "more": len(rows) == MOST_SHOWN,
        "asked": asked,
        "segments": [
            (show.value, word, f"?show={show}" + (f"&unit={asked.unit}" if asked.unit else ""))
            for show, word in SHOW_WORDS.items()
        ],
        "invitations": [
            (row, role_word(row.role)) for row in list_invitations(asked.reach, now=now)
        ],
        "may_invite": may_invite(user, clock.day_of(now)),
    }
    return render(request, "staff/people.html", shown)


@login_required
@require_GET
def people_file(request: HttpRequest, form: str) -> HttpResponse:
    now = clock.now()
    asked = _asked(request, now)
    heads = (_("Unit"), _("Kind of post"), _("Name"), _("From"), _("Until"), _("Last signed in"))
    rows = [
        (row.unit, role_word(row.role), row.title, *_term(row))
        for row in list_people(
            asked.reach, now=now, words=asked.words, show=asked.show, most=MOST_EXPORTED + 1
        )
    ]
    name = f"posts-{clock.day_of(now)}"
    return tables.download([heads, *rows], name=name, form=form, most=MOST_EXPORTED)


def _term(row: HolderRow) -> tuple[str, str, str]:
    seen = clock.day_of(row.seen_at).isoformat() if row.seen_at else ""
    return row.starts_on.isoformat(), row.ends_on.isoformat() if row.ends_on else "", seen


def _asked(request: HttpRequest, now: datetime) -> Asked:
    user, day = person(request), clock.day_of(now)
    posts = posts_seeing_people(user, day)
    words = request.GET.get("q", "").strip()[:60]
    unit_id = request.GET.get("unit", "")
    wanted = request.GET.get("show", "")
    show = Show(wanted) if wanted in set(Show) else Show.ALL
    if unit_id:
        unit = get_unit_to_see_for(user, unit_id, day)
        reach = [
            reach
            for line in lines_of(unit.pk, day)[:1]
            if (reach := reach_at(unit.pk, UnitKind(unit.kind), line, day)) is not None
        ]
    else:
        # Words are looked for in everything within reach.
        reach = reach_of(posts, whole=bool(words))
    return Asked(reach=reach, words=words, show=show, unit=unit_id)


def reach_at(unit_id: int, kind: UnitKind, line: Line, day: date) -> Reach | None:
    """Return the reach of a unit that was asked for, None where it does not stand on the line."""
    path = path_on(unit_id, day, line)
    if not path:
        return None
    text = ".".join(map(str, path))
    return Reach(unit_id=unit_id, line=line, path=text, whole=kind is UnitKind.SCHOOL)


@login_required
@require_GET
def post(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    key = request.GET.get("post", "")
    held = get_post_for(person(request), key, clock.day_of(now))
    today = clock.day_of(now).isoformat()
    return _post_page(
        request,
        key,
        EndForm(initial={"ends_on": today}),
        HandoverForm(
            initial={"on": today, "once": new_once()}, successors=_successors(request, held, now)
        ),
    )


def _successors(request: HttpRequest, held: object, now: datetime) -> list[tuple[str, str]]:
    """Return the people at the post's unit and around, without its holder."""
    user, day = person(request), clock.day_of(now)
    rows = list_people(reach_of(posts_seeing_people(user, day)), now=now)
    own = getattr(held, "user", None)
    found = {
        row.username: f"{row.title} · {row.unit}"
        for row in rows
        if own is None or row.username != own.get_username()
    }
    return list(found.items())


def _post_page(
    request: HttpRequest, key: str, end: EndForm, handover: HandoverForm
) -> HttpResponse:
    now = clock.now()
    day = clock.day_of(now)
    held = get_post_for(person(request), key, day)
    shown = {
        "key": key,
        "post": held,
        "unit": place_of(held.unit_id, day),
        "role": role_word(held.role),
        "holder": held.user.get_full_name() or held.user.get_username(),
        "own": held.user_id == person(request).pk,
        "end": end,
        "handover": handover,
        "once": new_once(),
        "open": open_things(held.user_id, held.pk, now=now),
    }
    status = 422 if end.errors or handover.errors else 200
    return render(request, "staff/post.html", shown, status=status)


@login_required
@require_POST
def post_end(request: HttpRequest) -> HttpResponse:
    user, now = person(request), clock.now()
    key = request.POST.get("post", "")
    held = get_post_for(user, key, clock.day_of(now))
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            end_held_post(
                post=held, ends_on=form.cleaned_data["ends_on"], actor=user.get_username(), now=now
            )
        except RuleBroken as refusal:
            form.add_error("ends_on", sentence(refusal))
        else:
            messages.success(request, _("The last day of the post is entered."))
            return redirect("staff:people")
    successors = _successors(request, held, now)
    again = HandoverForm(initial={"once": new_once()}, successors=successors)
    return _post_page(request, key, form, again)


@login_required
@require_POST
def post_hand_over(request: HttpRequest) -> HttpResponse:
    user, now = person(request), clock.now()
    key = request.POST.get("post", "")
    held = get_post_for(user, key, clock.day_of(now))
    form = HandoverForm(request.POST, successors=_successors(request, held, now))
    if form.is_valid():
        todos = open_things(held.user_id, held.pk, now=now)
        try:
            made = hand_over(spec=form.spec(held, todos), by=user, now=now)
        except RuleBroken as refusal:
            form.add_error(HANDOVER_FIELDS.get(refusal.code), sentence(refusal))
        else:
            messages.success(request, _("The post is handed over."))
            if made is not None:
                return remember_to_show(request, made, now)
            return redirect("staff:own" if held.user_id == user.pk else "staff:people")
    return _post_page(request, key, EndForm(initial={"ends_on": clock.day_of(now)}), form)


HANDOVER_FIELDS = {
    "successor_missing": "name",
    "successor_same": "successor",
    "post_end_past": "on",
    "name_unprintable": "name",
    "before_opening": "on",
}


@login_required
@require_POST
def access(request: HttpRequest) -> HttpResponse:
    """Make link and word for a post's holder who has lost the password or the phone."""
    user, now = person(request), clock.now()
    held = get_post_for(user, request.POST.get("post", ""), clock.day_of(now))
    if held.user_id == user.pk:
        raise Http404
    made = offer_access(post=held, once=request.POST.get("once", "")[:32], by=user, now=now)
    return remember_to_show(request, made, now)


@login_required
@require_POST
def account_close(request: HttpRequest) -> HttpResponse:
    """Close the account of a post's holder whose posts all lie within reach."""
    user, now = person(request), clock.now()
    day = clock.day_of(now)
    held = get_post_for(user, request.POST.get("post", ""), day)
    if held.user_id == user.pk:
        raise Http404
    closed = close_account(user=held.user, by=user, now=now)
    if closed:
        messages.success(request, _("The account is closed and signed out everywhere."))
    else:
        messages.warning(
            request, _("This person holds posts elsewhere as well. End the post of your unit here.")
        )
    return redirect("staff:people")
