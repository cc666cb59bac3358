"""Telling of visits, also without a network, and what is asked about them."""

from pathlib import Path
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mingtian.care.rules import Area
from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.pairs import access, actions, queries
from mingtian.pairs.actions import Told
from mingtian.pairs.forms import VisitForm
from mingtian.pairs.rules import LONGEST_NOTE, MOST_MINUTES, OLD_DRAFT, Way
from mingtian.pairs.views.common import press, private
from mingtian.pairs.words import AREA_WORDS, QUESTION_WORDS, WAY_WORDS
from mingtian.vault.access import Door, enter
from mingtian.vault.rules import Purpose
from mingtian.web.reader import person
from mingtian.web.refusals import sentence

WORKER = Path(__file__).resolve().parents[1] / "static" / "pairs" / "worker.js"


@login_required
@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """The page that tells of visits. The same for everybody, without a person or a child in it, so that
    the phone may keep it."""
    return render(
        request, "pairs/visit.html",
        {
            "ways": [(one.value, WAY_WORDS[one]) for one in Way],
            "areas": [(one.value, AREA_WORDS[one]) for one in Area],
            "most_minutes": MOST_MINUTES, "most_note": LONGEST_NOTE,
            "sentences": _sentences(), "old_days": OLD_DRAFT.days,
        },
    )  # fmt: skip


@login_required
@require_GET
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a page needs it
    """The service worker, which may keep pages below this address alone."""
    reply = HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    reply.headers["Cache-Control"] = "no-cache"
    return reply


@login_required
@require_GET
def mine(request: HttpRequest) -> JsonResponse:
    """The reader's current pairs by number, for the phone: no name, no child's number."""
    with enter(person(request), now=clock.now(), purpose=Purpose.HELPING) as door:
        rows = queries.list_pairs(door, mine=True).rows
    reply = JsonResponse(
        {
            "who": salted_hmac("mingtian.pairs.who", str(request.user.pk)).hexdigest()[:20],
            "token": get_token(request),
            "pairs": [
                {"id": row.public_id, "since": row.starts_on.isoformat(), "due": row.due_on.isoformat()}
                for row in rows
            ],
        }
    )  # fmt: skip
    private(reply)
    return reply


@login_required
@require_POST
def tell(request: HttpRequest) -> JsonResponse:
    """Keep a visit. 200: kept, or known already; 422: refused, with why, and the phone keeps it."""
    form = VisitForm(request.POST)
    pair = request.POST.get("pair", "")
    try:
        with enter(person(request), now=clock.now(), purpose=Purpose.HELPING) as door:
            access.get_stand(door, pair)
            if not form.is_valid():
                raise RuleBroken("pair_visit_unreadable")
            sent = form.cleaned_data
            told = Told(
                own=sent["own"], happened=form.happened, areas=sent["areas"], note=sent["note"],
                wrong=sent["wrong"],
            )  # fmt: skip
            new = actions.tell_visit(door, pair, told)
    except RuleBroken as refusal:
        return JsonResponse({"code": refusal.code, "say": sentence(refusal)}, status=422)
    return JsonResponse({"kept": True, "new": new})


@login_required
@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """Visits about which the office may ask; and those where the helper says that something is wrong."""
    with enter(person(request), now=clock.now(), purpose=Purpose.SUPERVISING) as door:
        if not access.arranges(door):
            raise Http404
        rows = queries.list_questions(door)
    listed = [
        (row, WAY_WORDS[row.way], [QUESTION_WORDS[each] for each in row.questions]) for row in rows
    ]
    return private(render(request, "pairs/questions.html", {"visits": listed}))


@login_required
@require_POST
def looked(request: HttpRequest, own: UUID) -> HttpResponse:
    """Note that somebody has asked about a visit."""

    def do(door: Door) -> str:
        actions.look_at(door, access.get_visit_to_look_at(door, own))
        return _("Noted that it was asked about.")

    return press(request, do, back=reverse("pairs:questions"), purpose=Purpose.SUPERVISING)


def _sentences() -> dict[str, str]:
    """What the page's script says."""
    return {
        "kept": _("Kept."),
        "keptWrong": _("You said that something is wrong: put it to the office now."),
        "problem": _("Put it to the office"),
        "waiting": _("On this telephone, waiting for a network"),
        "refused": _("Not taken"),
        "signIn": _("Sign in, then it is sent"),
        "signInNow": _("Sign in"),
        "full": _("This telephone keeps nothing more. Send or remove a draft first."),
        "old": _("Older than 30 days. Look at it: it stays here until it is sent or you remove it."),
        "remove": _("Remove this draft? What it says is lost."),
        "none": _("No pair is known to this telephone yet. Open this page once with a network."),
        "noneNow": _("You help in no pair at present. Look at “Helping pairs”, or ask the office."),
        "edit": _("Change"),
        "send": _("Send now"),
        "drop": _("Remove"),
        "gone": _("This pair is not yours, or no longer. Give your note to the case worker."),
    }  # fmt: skip
