"""A child's page in the register, and what its worker notes there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from mingtian.children import actions, queries
from mingtian.children.access import (
    FILES,
    get_child_to_agree_for,
    get_child_to_reopen,
    get_child_to_show,
    get_child_to_take_up,
    get_child_worked_for,
    has_to_settle,
    may_here,
    may_see_categories,
    may_see_readers,
    notes_consents,
    thing_of,
)
from mingtian.children.forms import CategoryForm, ConsentForm, EndForm, GuardianForm, first_day
from mingtian.children.models import CategoryNote
from mingtian.children.queries import ChildRow, ConsentRow, Opened
from mingtian.children.rules import DEFINITIONS, ConsentPurpose, fits, turns
from mingtian.children.views.common import Word, title, titles_of, told_category
from mingtian.children.words import (
    CONSENT_TEXTS,
    KIN_WORDS,
    PARTY_WORDS,
    PURPOSE_WORDS,
    SEX_WORDS,
    STATE_WORDS,
    WAY_WORDS,
    WHEREABOUTS_WORDS,
)
from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import unit_rows
from mingtian.vault.access import Door, enter
from mingtian.vault.queries import list_requests, readings_of, told_reading
from mingtian.vault.rules import FileState, Part, Purpose
from mingtian.web.acting import act
from mingtian.web.reader import person
from mingtian.web.refusals import told

Do = Callable[[Door, ChildRow], None]
Get = Callable[[Door, str], ChildRow]


@login_required
@never_cache
@require_GET
def show(request: HttpRequest, child: str) -> HttpResponse:
    """Show a child: the file to whoever has it, number and dates to offices and clerks."""
    return _page(request, child)


@login_required
@never_cache
@require_GET
def readings(request: HttpRequest, child: str) -> HttpResponse:
    """Show who has read this child's file: to its worker and to whoever supervises it."""
    with enter(person(request), now=clock.now(), purpose=Purpose.SUPERVISING) as door:
        row = get_child_to_show(door, child)
        if not may_see_readers(row, door.parts(row.id)):
            raise Http404
        found = readings_of(door, row.id)
    shown = {"child": row, "rows": [(each, *told_reading(each)) for each in found]}
    return render(request, "children/readings.html", shown)


@login_required
@never_cache
@require_POST
def take_up(request: HttpRequest, child: str) -> HttpResponse:
    """Become the child's worker, where nobody is."""
    return _act(
        request, child, _("You work for this child from now on."), _take_up,
        get=get_child_to_take_up,
    )  # fmt: skip


@login_required
@never_cache
@require_POST
def reopen(request: HttpRequest, child: str) -> HttpResponse:
    """Open a closed file again."""

    def do(door: Door, row: ChildRow) -> None:
        actions.reopen_file(door, row)

    return _act(request, child, _("The file is open again."), do, get=get_child_to_reopen)


@login_required
@never_cache
@require_POST
def note_category(request: HttpRequest, child: str) -> HttpResponse:
    form = CategoryForm(request.POST)

    def do(door: Door, row: ChildRow) -> None:
        actions.note_category(door, row.id, form.said())

    return _act(request, child, _("Noted."), do, form, get=get_child_worked_for)


@login_required
@never_cache
@require_POST
def end_category(request: HttpRequest, child: str, note: str) -> HttpResponse:
    form = EndForm(request.POST)

    def get(door: Door, number: str) -> ChildRow:
        row = get_child_worked_for(door, number)
        thing_of(CategoryNote, row.id, note)
        return row

    def do(door: Door, row: ChildRow) -> None:
        actions.end_category(door, row.id, note, ends_on=form.cleaned_data["ends_on"])

    return _act(request, child, _("Ended."), do, form, get=get)


@login_required
@never_cache
@require_POST
def note_consent(request: HttpRequest, child: str) -> HttpResponse:
    form = ConsentForm(request.POST)

    def do(door: Door, row: ChildRow) -> None:
        actions.note_consent(door, row.id, form.said())

    return _act(request, child, _("Noted."), do, form)


@login_required
@never_cache
@require_POST
def withdraw(request: HttpRequest, child: str, consent: str) -> HttpResponse:
    def do(door: Door, row: ChildRow) -> None:
        actions.withdraw_consent(door, row.id, consent)

    return _act(request, child, _("Withdrawn. Nothing new is begun for it."), do)


@login_required
@never_cache
@require_POST
def add_guardian(request: HttpRequest, child: str) -> HttpResponse:
    form = GuardianForm(request.POST)

    def do(door: Door, row: ChildRow) -> None:
        actions.add_guardian(door, row.id, form.said())

    return _act(request, child, _("Noted."), do, form, get=get_child_worked_for)


@login_required
@never_cache
@require_POST
def end_guardian(request: HttpRequest, child: str, guardian: str) -> HttpResponse:
    def do(door: Door, row: ChildRow) -> None:
        actions.end_guardian(door, row.id, guardian)

    return _act(request, child, _("Ended."), do, get=get_child_worked_for)


def _take_up(door: Door, row: ChildRow) -> None:
    actions.take_up(door, row.id, row.public_id)


def _act(
    request: HttpRequest, child: str, said: str, do: Do, form: Form | None = None,
    *, get: Get = get_child_to_agree_for,
) -> HttpResponse:  # fmt: skip
    """Change something of a child that the reader may change; 404 to everybody else."""
    now = clock.now()
    # Before the form is read: whoever may not change the child finds no address.
    with enter(person(request), now=now, purpose=Purpose.CASE_WORK) as door:
        row = get(door, child)

    def doing() -> str:
        with enter(person(request), now=now, purpose=Purpose.CASE_WORK) as door:
            do(door, row)
        return said

    def again(refusal: RuleBroken | None) -> HttpResponse:
        return _page(request, child, form, refusal)

    if form is not None and not form.is_valid():
        return again(None)
    return act(request, doing, to=reverse("children:child", args=[child]), again=again)


def _page(
    request: HttpRequest, child: str, form: Form | None = None, refusal: RuleBroken | None = None
) -> HttpResponse:
    now = clock.now()
    day = clock.day_of(now)
    opened: Opened | None = None
    with enter(person(request), now=now, purpose=Purpose.CASE_WORK) as at_first:
        row = get_child_to_show(at_first, child)
        parts = at_first.parts(row.id) if row.named else frozenset()
        works = Part.WORKER in parts
        door = _for_purpose(at_first, row, parts)
        name = ""
        if parts & FILES:
            opened = queries.open_child(door, row.id)
            name = opened.name
        elif row.named:
            name = queries.names(door, [row.id])[row.id]
        categories = queries.list_categories(row.id)
        consents = queries.list_consents(row.id)
        may_agree = notes_consents(door, parts)
        can_erase = door.may_ask_to_erase(row.state, row.unit_id, parts)
        can_take_up, can_move = False, works
        if row.state is FileState.CLOSED:
            can_move = may_here(door, row)[1]
        elif not row.named:
            can_take_up, can_move = may_here(door, row)
        far = has_to_settle(door, row)
    units = unit_rows(titles_of([row]), day)
    shown: dict[str, Any] = {
        "child": row, "name": name, "opened": opened and _told_opened(opened),
        "state": STATE_WORDS[row.state],
        "unit": title(units, row.unit_id), "school": title(units, row.school_id),
        "categories": [told_category(each) for each in categories],
        "outgrown": _outgrown(opened, categories, now),
        "at_odds": _at_odds(opened, categories, day),
        "consents": [_told_consent(each) for each in consents],
        "texts": [
            (PURPOSE_WORDS[one], CONSENT_TEXTS[one, 1]) for one in ConsentPurpose
            if works or one is ConsentPurpose.AID
        ],
        "sees_categories": may_see_categories(row, parts),
        "notes_consents": may_agree, "works": works,
        "far": far, "can_take_up": can_take_up, "can_move": can_move, "can_erase": can_erase,
        "reads_log": may_see_readers(row, parts), "today": day.isoformat(),
        **_forms(form, now, for_aid=not works), **told(refusal),
    }  # fmt: skip
    failed = refusal is not None or form is not None
    return render(request, "children/child.html", shown, status=422 if failed else 200)


def _for_purpose(door: Door, row: ChildRow, parts: frozenset[Part]) -> Door:
    """Return the door with the purpose that the log is to show: what let the reader in."""
    if Part.WORKER in parts:
        return door
    if Part.READER in parts:
        broken = any(
            one.kind == "glass" and one.is_own and one.is_open
            for one in list_requests(door, child=row.id)
        )
        return replace(door, purpose=Purpose.BROKEN_GLASS if broken else Purpose.APPROVED_READING)
    return replace(door, purpose=Purpose.AID)


def _forms(sent: Form | None, now: datetime, *, for_aid: bool) -> dict[str, Form]:
    begun = first_day(clock.day_of(now))
    consent = ConsentForm(initial=begun, for_aid=for_aid)
    return {
        "category_form": sent if isinstance(sent, CategoryForm) else CategoryForm(initial=begun),
        "consent_form": sent if isinstance(sent, ConsentForm) else consent,
        "guardian_form": sent if isinstance(sent, GuardianForm) else GuardianForm(),
        "end_form": sent if isinstance(sent, EndForm) else EndForm(),
    }


def _told_opened(opened: Opened) -> dict[str, Any]:
    facts, home = opened.facts, opened.home
    return {
        "birth_year": opened.birth_year, "facts": facts, "home": home,
        "sex": SEX_WORDS[facts.sex] if facts else "",
        "father": WHEREABOUTS_WORDS[home.father] if home else "",
        "mother": WHEREABOUTS_WORDS[home.mother] if home else "",
        "guardians": [(each, KIN_WORDS[each.said.kin]) for each in opened.guardians],
    }  # fmt: skip


def _told_consent(row: ConsentRow) -> tuple[ConsentRow, Word, Word, Word]:
    return row, PURPOSE_WORDS[row.purpose], PARTY_WORDS[row.party], WAY_WORDS[row.way]


def _outgrown(
    opened: Opened | None, categories: list[queries.CategoryRow], now: datetime
) -> list[Word]:
    """Return the categories that the child has grown out of by its very birthday."""
    if opened is None or opened.facts is None or opened.facts.born_on is None:
        return []
    born, day = opened.facts.born_on, clock.day_of(now)
    return [
        told_category(row)[1] for row in categories
        if row.holds(day) and turns(DEFINITIONS[row.category].below_age, born) <= day
    ]  # fmt: skip


def _at_odds(opened: Opened | None, categories: list[queries.CategoryRow], day: date) -> list[Word]:
    """Return the reasons of categories that cannot be true of what is noted of the parents."""
    if opened is None or opened.home is None:
        return []
    home = opened.home
    return [
        told_category(row)[2] for row in categories
        if row.holds(day) and not fits(row.basis, home.father, home.mother)
    ]  # fmt: skip
