"""Digests: draft, edit, release; above the school only released ones (COM-1)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.comments.access import (
    digests_visible_to,
    get_digest_for,
    get_digest_to_change_for,
    houses_of,
)
from mingtian.comments.actions.digests import (
    draft_digest,
    recall_digest,
    release_digest,
    save_digest,
)
from mingtian.comments.digest.content import Content
from mingtian.comments.forms import DigestForm
from mingtian.comments.models import Digest
from mingtian.comments.queries.digests import content_of, digest_rows
from mingtian.comments.queries.lectures import list_evenings_of
from mingtian.comments.words import TOLD
from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import unit_rows
from mingtian.web.reader import person
from mingtian.web.refusals import sentence

MOST_LISTED = 200


@login_required
@require_GET
def digest_list(request: HttpRequest) -> HttpResponse:
    user, now = person(request), clock.now()
    day = day_of(now)
    houses = houses_of(user, day)
    digests = digests_visible_to(user, day).order_by("-lecture__starts_at", "house_id")
    rows = digest_rows(list(digests[:MOST_LISTED]))
    drafted = {(row.lecture_id, row.house_id) for row in rows}
    names = unit_rows(houses, day)
    undrafted = [
        {"house": names[house], "evening": evening}
        for house in houses
        for evening in list_evenings_of([house])
        if house in names and (evening.id, house) not in drafted
    ]
    return render(request, "comments/digests.html", {"digests": rows, "undrafted": undrafted})


@login_required
@require_POST
def digest_draft(request: HttpRequest, lecture: int, unit: str) -> HttpResponseBase:
    user, now = person(request), clock.now()
    day = day_of(now)
    own = {row.public_id: row.id for row in unit_rows(houses_of(user, day), day).values()}
    if unit not in own or lecture not in {row.id for row in list_evenings_of([own[unit]])}:
        raise Http404
    digest = draft_digest(
        lecture_id=lecture, house_id=own[unit], actor=user.get_username(), now=now
    )
    return redirect("comments:digest", digest.public_id)


@login_required
@require_GET
def digest(request: HttpRequest, digest: str) -> HttpResponse:
    user, now = person(request), clock.now()
    found = get_digest_for(user, digest, day_of(now))
    return _page(request, found, DigestForm(initial=_initial(content_of(found))))


@login_required
@require_http_methods(["POST"])
def digest_save(request: HttpRequest, digest: str) -> HttpResponseBase:
    user, now = person(request), clock.now()
    found = get_digest_to_change_for(user, digest, day_of(now))
    form = DigestForm(request.POST)
    if form.is_valid():
        try:
            save_digest(digest=found, edited=form.edited(), actor=user, now=now)
        except RuleBroken as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The digest was saved."))
            return redirect("comments:digest", digest)
    return _page(request, found, form, status=422)


@login_required
@require_POST
def digest_release(request: HttpRequest, digest: str) -> HttpResponseBase:
    user, now = person(request), clock.now()
    found = get_digest_to_change_for(user, digest, day_of(now))
    form = DigestForm(request.POST)
    try:
        # What stands on the page is what goes out, saved before or not.
        if request.POST.keys() & form.fields.keys():
            if not form.is_valid():
                return _page(request, found, form, status=422)
            save_digest(digest=found, edited=form.edited(), actor=user, now=now)
        release_digest(digest=found, actor=user, now=now)
    except RuleBroken as refusal:
        if refusal.code != "digest_holds_identity":
            raise
        form.add_error(None, sentence(refusal))
        return _page(request, found, form, status=422)
    messages.success(request, _("The digest was released. The offices above see it now."))
    return redirect("comments:digest", digest)


@login_required
@require_POST
def digest_recall(request: HttpRequest, digest: str) -> HttpResponseBase:
    user, now = person(request), clock.now()
    found = get_digest_to_change_for(user, digest, day_of(now))
    recall_digest(digest=found, actor=user, now=now)
    messages.success(request, _("The digest was taken back. Only the school sees it now."))
    return redirect("comments:digest", digest)


def _page(request: HttpRequest, found: Digest, form: DigestForm, status: int = 200) -> HttpResponse:
    (row,) = digest_rows([found])
    houses = houses_of(person(request), day_of(clock.now()))
    shown = {
        "digest": row,
        "form": form,
        "house": found.house.public_id,
        "may_change": row.house_id in houses,
        "told": [(TOLD[word], number) for word, number in row.content.told.items()],
    }
    return render(request, "comments/digest.html", shown, status=status)


def _initial(content: Content) -> dict[str, str]:
    return {
        "themes": "\n".join(theme.word for theme in content.themes),
        "lines": "\n".join(content.lines),
        "questions": "\n".join(content.questions),
        "note": content.note,
    }
