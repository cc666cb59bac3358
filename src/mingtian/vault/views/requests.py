"""What was asked and what was opened in an emergency: decide, and look at it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.vault import access, actions
from mingtian.vault.queries import list_requests
from mingtian.vault.rules import Basis, Purpose, Verdict
from mingtian.vault.words import ASKING_WORDS, BASIS_WORDS, VERDICT_WORDS
from mingtian.web.acting import act
from mingtian.web.reader import person
from mingtian.web.refusals import told


@login_required
@never_cache
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """Show the reader's own requests and those that the reader decides."""
    return _page(request)


@login_required
@never_cache
@require_POST
def decide(request: HttpRequest, asked: str) -> HttpResponse:
    """Grant (``granted=yes``) or decline (``no``); anything else is asked again."""

    def do() -> str:
        granted = {"yes": True, "no": False}.get(request.POST.get("granted", ""))
        actions.decide(person(request), asked, granted=granted, now=clock.now())
        return _("Granted.") if granted else _("Declined.")

    return act(request, do, to=reverse("vault:requests"), again=lambda no: _page(request, no))


@login_required
@never_cache
@require_POST
def review(request: HttpRequest, asked: str) -> HttpResponse:
    """Keep what the supervisor thinks of a file opened in an emergency."""

    def do() -> str:
        said = request.POST.get("verdict")
        verdict = next((one for one in Verdict if one == said), None)
        actions.review(person(request), asked, verdict=verdict, now=clock.now())
        return _("Kept.")

    return act(request, do, to=reverse("vault:requests"), again=lambda no: _page(request, no))


def _page(request: HttpRequest, refusal: RuleBroken | None = None) -> HttpResponse:
    now = clock.now()
    with access.enter(person(request), now=now, purpose=Purpose.SUPERVISING) as door:
        rows = list_requests(door)
    told_rows = [
        (row, ASKING_WORDS[row.kind], BASIS_WORDS[Basis(row.basis)] if row.basis else "",
         VERDICT_WORDS[Verdict(row.verdict)] if row.verdict else "")
        for row in rows
    ]  # fmt: skip
    shown = {
        "waiting": [row for row in told_rows if row[0].waits and not row[0].is_own],
        "own": [row for row in told_rows if row[0].is_own],
        "done": [row for row in told_rows if not row[0].waits and not row[0].is_own],
        "reads_log": access.can_read_log(person(request), now),
        **told(refusal),
    }
    return render(request, "vault/requests.html", shown, status=422 if refusal else 200)
