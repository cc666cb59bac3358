"""The register as each post sees it: numbers, and names for those whose the children are."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from mingtian.children import queries
from mingtian.children.access import ENTERING, posts_for_register, purpose_of
from mingtian.children.queries import ChildPage, Wanted
from mingtian.children.rules import Category
from mingtian.children.views.common import category_words, title, titles_of
from mingtian.children.words import CATEGORY_WORDS, STATE_WORDS
from mingtian.core import clock
from mingtian.org.queries import unit_rows
from mingtian.vault.access import Door, enter
from mingtian.vault.rules import REGISTERING, FileState
from mingtian.web import tables
from mingtian.web.reader import person

MOST_EXPORTED = 200
"""Pages of a file of numbers: ten thousand children."""


@login_required
@never_cache
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Show the children in sight, fifty to a page."""
    now = clock.now()
    reader = person(request)
    posts = posts_for_register(reader, now)
    wanted = _wanted(request)
    with enter(reader, now=now, purpose=purpose_of(posts)) as door:
        page = queries.list_children(door, wanted, page=_page(request))
        named = queries.names_in(door, page.rows)
        held = queries.categories_of([row.id for row in page.rows], clock.day_of(now))
        totals = queries.totals_in_sight(door)
    units = unit_rows(titles_of(page.rows), clock.day_of(now))
    shown = {
        "rows": [
            (row, named.get(row.id, ""), title(units, row.unit_id), title(units, row.school_id),
             category_words(held[row.id]))
            for row in page.rows
        ],
        "page": page,
        "pages": range(1, page.pages + 1) if page.pages > 1 else (),
        "totals": totals,
        "by_category": [
            (word, totals.by_category.get(category, 0)) for category, word in CATEGORY_WORDS.items()
        ],
        "categories": [(one.value, word) for one, word in CATEGORY_WORDS.items()],
        "states": [(one.value, word) for one, word in STATE_WORDS.items()],
        "wanted": wanted,
        "registers": any(post.role in REGISTERING | ENTERING for post in posts),
    }  # fmt: skip
    return render(request, "children/register.html", shown)


@login_required
@never_cache
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Give the list as CSV or XLSX: numbers, places, states, categories. No name leaves so."""
    now = clock.now()
    reader = person(request)
    posts = posts_for_register(reader, now)
    day = clock.day_of(now)
    with enter(reader, now=now, purpose=purpose_of(posts)) as door:
        pages = _all_pages(door, _wanted(request))
        rows = [row for page in pages for row in page.rows]
        held = queries.categories_of([row.id for row in rows], day)
        units = unit_rows(titles_of(rows), day)
    found = [
        [
            row.public_id, title(units, row.unit_id), title(units, row.school_id),
            str(STATE_WORDS[row.state]), clock.day_of(row.admitted_at).isoformat(),
            "; ".join(str(word) for word in category_words(held[row.id])),
        ]
        for row in rows
    ]  # fmt: skip
    head = [_("Number"), _("Place"), _("School"), _("State"), _("Registered"), _("Categories")]
    return tables.download([head, *found], name=f"children-{day}", form=form)


def _all_pages(door: Door, wanted: Wanted) -> list[ChildPage]:
    first = queries.list_children(door, wanted)
    last = min(first.pages, MOST_EXPORTED)
    rest = [queries.list_children(door, wanted, page=each) for each in range(2, last + 1)]
    return [first, *rest]


def _wanted(request: HttpRequest) -> Wanted:
    state, category = request.GET.get("state", "open"), request.GET.get("category", "")
    return Wanted(
        state=FileState(state) if state in set(FileState) else None,
        category=Category(category) if category in set(Category) else None,
    )


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
