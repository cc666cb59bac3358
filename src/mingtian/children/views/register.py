"""The register as each post sees it: numbers, and names for those whose the children are."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from mingtian.children import actions, queries
from mingtian.children.access import (
    ENTERING,
    posts_for_register,
    purpose_of,
    sees_categories,
    waits_for,
)
from mingtian.children.forms import PasswordForm
from mingtian.children.queries import Wanted
from mingtian.children.rules import Category
from mingtian.children.views.common import category_words, title, titles_of
from mingtian.children.waiting import Waiting
from mingtian.children.words import CATEGORY_WORDS, STATE_WORDS, WAITING_WORDS
from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import unit_rows
from mingtian.vault.access import enter
from mingtian.vault.rules import REGISTERING, FileState
from mingtian.web import paging, tables
from mingtian.web.again import knows_password
from mingtian.web.reader import person
from mingtian.web.refusals import told

MOST_EXPORTED = 50_000
"""Children of a file: more than any county registers."""


@login_required
@never_cache
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Show the children in sight, fifty to a page."""
    return _register_page(request, _wanted(request.GET))


@login_required
@never_cache
@require_POST
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Give the list as CSV or XLSX, after the password: numbers, places, states, categories.

    No name leaves so; that the list left is in the trail.
    """
    now = clock.now()
    reader = person(request)
    posts = posts_for_register(reader, now)
    if form not in tables.FORMS:
        raise Http404
    wanted = _wanted(request.POST)
    if not knows_password(request, request.POST.get("password", "")):
        return _register_page(request, wanted, RuleBroken("children_password_wrong"))
    day, telling = clock.day_of(now), sees_categories(posts)
    with enter(reader, now=now, purpose=purpose_of(posts)) as door:
        rows = queries.list_children(door, wanted, most=MOST_EXPORTED + 1).rows
        held = queries.categories_of([row.id for row in rows], day)
        units = unit_rows(titles_of(rows), day)
        actions.note_taken_out(door, children=min(len(rows), MOST_EXPORTED), form=form)
    found = [
        [
            row.public_id, title(units, row.unit_id), title(units, row.school_id),
            str(STATE_WORDS[row.state]), clock.day_of(row.admitted_at).isoformat(),
            *(["; ".join(str(word) for word in category_words(held[row.id]))] if telling else []),
        ]
        for row in rows
    ]  # fmt: skip
    head = [_("Number"), _("Place"), _("School"), _("State"), _("Registered")]
    head += [_("Categories")] if telling else []
    return tables.download([head, *found], name=f"children-{day}", form=form, most=MOST_EXPORTED)


def _register_page(
    request: HttpRequest, wanted: Wanted, refusal: RuleBroken | None = None
) -> HttpResponse:
    now = clock.now()
    reader = person(request)
    posts = posts_for_register(reader, now)
    with enter(reader, now=now, purpose=purpose_of(posts)) as door:
        found = queries.list_children(
            door, wanted, page=paging.asked_page(request), most=paging.ROWS
        )
        named = queries.names_in(door, found.rows)
        held = queries.categories_of([row.id for row in found.rows], clock.day_of(now))
        totals = queries.totals_in_sight(door)
    units = unit_rows(titles_of(found.rows), clock.day_of(now))
    shown = {
        "rows": [
            (row, named.get(row.id, ""), title(units, row.unit_id), title(units, row.school_id),
             category_words(held[row.id]))
            for row in found.rows
        ],
        "page": paging.page_of(found.number, request),
        "totals": totals,
        "by_category": [
            (word, totals.by_category.get(category, 0)) for category, word in CATEGORY_WORDS.items()
        ],
        "categories": [(one.value, word) for one, word in CATEGORY_WORDS.items()],
        "states": [(one.value, word) for one, word in STATE_WORDS.items()],
        "waits": [(one.value, WAITING_WORDS[one]) for one in waits_for(posts)],
        "password_form": PasswordForm(),
        "wanted": wanted,
        "chosen": _chosen(wanted),
        "filtered": wanted != Wanted(state=FileState.OPEN),
        "sees_categories": sees_categories(posts),
        "registers": any(post.role in REGISTERING | ENTERING for post in posts),
        **told(refusal),
    }  # fmt: skip
    return render(request, "children/register.html", shown, status=422 if refusal else 200)


def _wanted(sent: QueryDict) -> Wanted:
    state, category = sent.get("state", "open"), sent.get("category", "")
    waits = sent.get("waits", "")
    return Wanted(
        state=FileState(state) if state in set(FileState) else None,
        category=Category(category) if category in set(Category) else None,
        waits=Waiting(waits) if waits in set(Waiting) else None,
    )


def _chosen(wanted: Wanted) -> QueryDict:
    """Return what was chosen, as the next page and the file are asked for it."""
    chosen = QueryDict(mutable=True)
    chosen["state"] = wanted.state.value if wanted.state else "all"
    beside = {"category": wanted.category, "waits": wanted.waits}
    chosen.update({key: one.value for key, one in beside.items() if one})
    return chosen
