"""Own cases, the list without names, one case, opening, closing."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.care import access, actions, consents, pages, queries, words
from mingtian.care.forms import CloseForm, WatchForm
from mingtian.care.queries import Counts, Show
from mingtian.care.queries.cases import MOST_IN_FILE
from mingtian.care.views.common import Asked, ask, name_of, press, private
from mingtian.children.queries import categories_of, names
from mingtian.children.rules import ConsentPurpose, Standing
from mingtian.core import clock
from mingtian.core.clock import SHANGHAI, day_of
from mingtian.org.queries import PostRow, list_posts
from mingtian.org.rules import Role
from mingtian.vault.access import Door, enter
from mingtian.vault.rules import SUPERVISING, SUPERVISING_AT, FieldClass, Purpose
from mingtian.web import paging
from mingtian.web.reader import person
from mingtian.web.tables import download

C = FieldClass


@login_required
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """What the reader has to do with children in difficulty, by name only where a part opens it."""
    now = clock.now()
    with enter(person(request), now=now, purpose=Purpose.CASE_WORK) as door:
        posts = list_posts(door.user_id, day_of(now))
        oversees, works = _oversees(posts), _works(posts)
        mine = queries.list_mine(door) if works else []
        children = queries.list_counselled(door)
        told = queries.list_reports(door) if oversees else []
        reports = [(row, words.told_words(row.told)) for row in told]
        called = names(door, {row.child_id for row in mine} | {row.child_id for row in children})
        shown = {
            "mine": [(pages.row_cells(row), called.get(row.child_id, "")) for row in mine],
            "offers": queries.list_offers(door) if works else [],
            "counselled": [(row, called.get(row.child_id, "")) for row in children],
            "tickets": [
                (row, words.TOPIC_WORDS[row.topic], words.TICKET_CHIPS[row.state],
                 words.TICKET_WORDS[row.state])
                for row in queries.list_tickets(door, overseeing=oversees)
            ],
            "unseen": [each for each in reports if not each[0].is_seen],
            "seen": [each for each in reports if each[0].is_seen],
            "unasked": pages.unasked_shown(queries.list_unasked(door)) if oversees else [],
            "figures": pages.figures_of(queries.count_cases(door), decides=oversees)
            if oversees or works else [],
            "works": works,
            "oversees": oversees,
        }  # fmt: skip
    return private(render(request, "care/own.html", shown))


@login_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The cases below the reader's posts, without names, fifty at a time."""
    show, now = _show(request), clock.now()
    with enter(person(request), now=now, purpose=Purpose.SUPERVISING) as door:
        _let_in(door)
        counts = queries.count_cases(door)
        page = paging.page_of(getattr(counts, show.value), request)
        found = queries.list_cases(door, show, page=page.number, most=paging.ROWS)
        categories = categories_of([row.child_id for row in found], day_of(now))
    shown = {
        "rows": [
            {
                **pages.row_cells(row),
                "categories": [
                    words.CATEGORY_WORDS[each.category] for each in categories.get(row.child_id, [])
                ],
            }
            for row in found
        ],
        "show": show.value,
        "segments": _segments(counts),
        "page": page,
    }
    return private(render(request, "care/cases.html", shown))


@login_required
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The list as a file: numbers, places, states and days."""
    show, now = _show(request), clock.now()
    with enter(person(request), now=now, purpose=Purpose.SUPERVISING) as door:
        _let_in(door)
        found = queries.list_cases(door, show, most=MOST_IN_FILE + 1)
        categories = categories_of([row.child_id for row in found], day_of(now))
    head = [
        _("Case"), _("Place"), _("State"), _("Risk"), _("Categories"), _("Case worker"),
        _("Opened on"), _("Next due"), pgettext("case", "Closed"),
    ]  # fmt: skip
    rows = [
        [
            row.number, row.unit, str(words.STATE_WORDS[row.state]),
            str(words.RISK_WORDS[row.risk]) if row.risk else "",
            " ".join(str(words.CATEGORY_WORDS[each.category]) for each in categories.get(row.child_id, [])),
            row.worker, row.opened_at.astimezone(SHANGHAI).date().isoformat(),
            row.due_on.isoformat() if row.due_on else "",
            row.closed_at.astimezone(SHANGHAI).date().isoformat() if row.closed_at else "",
        ]
        for row in found
    ]  # fmt: skip
    return private(download([head, *rows], name="cases", form=form, most=MOST_IN_FILE))


@login_required
@require_GET
def show(request: HttpRequest, case: str) -> HttpResponse:
    """One case: to its workers the whole file, to offices number, state and days."""
    with enter(person(request), now=clock.now(), purpose=Purpose.CASE_WORK) as door:
        place = access.get_case_for(door, case)
        seal, name = None, ""
        if place.opens:
            seal = door.keys([place.child_id], [C.SITUATION, C.HEALTH])[place.child_id]
            name = name_of(door, place.child_id)
        shown = {
            "place": place,
            "name": name,
            "file": pages.file_of(door, place, seal),
            "unagreed": place.works
            and not place.closed_at
            and consents.standing(door, place.child_id, ConsentPurpose.CASE_WORK)
            is not Standing.GIVEN,
            **pages.head_of(place),
        }
    return private(render(request, "care/case.html", shown))


@login_required
@require_http_methods(["GET", "POST"])
def open_case(request: HttpRequest, child: str) -> HttpResponse:
    """Open the case of a child that is on the register; a child that has one leads to it."""
    if request.method == "GET":
        with enter(person(request), now=clock.now(), purpose=Purpose.CASE_WORK) as door:
            there = access.get_child_for(door, child)
        if there.case:
            return redirect("care:case", there.case)

    def make(door: Door, sent: QueryDict | None) -> Asked:
        place = access.get_child_to_open(door, child)
        name = name_of(door, place.id) if place.parts else ""
        return Asked(
            form=WatchForm(sent), title=_("Open a case"), button=_("Open the case"),
            about=f"{name} · {place.unit}" if name else place.unit, child=place.public_id,
            intro=_("You become its case worker. What is written down about the child is read by the case's workers only."),
            back=reverse("care:case", args=[place.case]) if place.case else reverse("care:own"),
        )  # fmt: skip

    def do(door: Door, page: Asked) -> tuple[str, str]:
        made = actions.open_case(door, access.get_child_to_open(door, child))
        since = page.form.cleaned_data["since"]
        if since is not None:
            actions.watch_contact(door, access.get_case_to_write(door, made.public_id), since=since)
        return _("The case is open."), reverse("care:case", args=[made.public_id])

    return ask(request, make, do)


@login_required
@require_http_methods(["GET", "POST"])
def watch(request: HttpRequest, case: str) -> HttpResponse:
    """Say since when the parents are away, or that one of them is back."""

    def make(door: Door, sent: QueryDict | None) -> Asked:
        place = access.get_case_to_write(door, case)
        form = WatchForm(sent, initial={"since": place.contact_from}, version=place.version)
        return Asked(
            form=form, title=_("The parents' contact"), button=_("Keep"), about=place.number,
            child=place.child, back=reverse("care:case", args=[case]),
            intro=_("Parents who are away keep in touch at least weekly (Minors Law 22). You are reminded when a week passes without."),
        )  # fmt: skip

    def do(door: Door, page: Asked) -> tuple[str, str]:
        place = access.get_case_to_write(door, case)
        actions.watch_contact(door, place, since=page.form.cleaned_data["since"])
        return _("Kept."), ""

    return ask(request, make, do)


@login_required
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, case: str) -> HttpResponse:
    """Close a case with its reason."""

    def make(door: Door, sent: QueryDict | None) -> Asked:
        place = access.get_case_to_write(door, case)
        return Asked(
            form=CloseForm(sent, version=place.version), title=_("Close the case"),
            button=_("Close the case"), about=place.number, child=place.child,
            intro=_("The file is shut for everybody; what was still to be done is called off. The case can be opened again."),
            back=reverse("care:case", args=[case]),
        )  # fmt: skip

    def do(door: Door, page: Asked) -> tuple[str, str]:
        place = access.get_case_to_write(door, case)
        actions.close_case(
            door, place, reason=page.form.cleaned_data["reason"],
            version=page.form.sent_version,  # type: ignore[attr-defined]
        )  # fmt: skip
        said = _("Case %(number)s is closed.") % {"number": place.number}
        return said, reverse("care:own")

    return ask(request, make, do)


@login_required
@require_POST
def reopen(request: HttpRequest, case: str) -> HttpResponse:
    """Open a closed case again."""
    back = reverse("care:case", args=[case])

    def do(door: Door) -> tuple[str, str]:
        actions.reopen_case(door, access.get_case_to_reopen(door, case))
        return _("The case is open again; you are its case worker."), back

    return press(request, do, back=back)


def _let_in(door: Door) -> None:
    posts = list_posts(door.user_id, day_of(door.now))
    if not (_oversees(posts) or _works(posts)):
        raise Http404


def _oversees(posts: list[PostRow]) -> bool:
    return any(post.role in SUPERVISING and post.unit.kind in SUPERVISING_AT for post in posts)


def _works(posts: list[PostRow]) -> bool:
    return any(post.role is Role.CASE_WORKER for post in posts)


def _show(request: HttpRequest) -> Show:
    try:
        return Show(request.GET.get("show") or Show.OPEN)
    except ValueError:
        raise Http404 from None


def _segments(counts: Counts) -> list[tuple[str, str, str]]:
    return [
        (one.value, f"{words.SHOW_WORDS[one]} {getattr(counts, one.value)}",
         f"{reverse('care:cases')}?show={one.value}")
        for one in Show
    ]  # fmt: skip
