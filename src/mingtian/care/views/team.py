"""Who works in a case: second workers, counsellors, and how it changes hands."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mingtian.care import access, actions
from mingtian.care.access import CasePlace
from mingtian.care.forms import HandOverForm, PersonForm
from mingtian.care.models import Transfer
from mingtian.care.views.common import Asked, ask, press
from mingtian.core.clock import day_of
from mingtian.org.queries import PostRow, list_holders, path_on
from mingtian.org.rules import Role
from mingtian.vault.access import Door

Change = Callable[[Door, CasePlace, int], object]

CHANGES: dict[str, Change] = {
    "second": lambda door, place, user: actions.add_second(door, place, user_id=user),
    "counsellor": lambda door, place, user: actions.bring_counsellor(door, place, user_id=user),
}


@login_required
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, case: str) -> HttpResponse:
    """Ask somebody of the line to take the case over, and say what the next worker should know."""

    def make(door: Door, sent: QueryDict | None) -> Asked:
        place = access.get_case_to_hand_over(door, case)
        form = HandOverForm(
            sent, people=_others(_workers(door, place), place), tells=place.works,
            label=_("Who takes the case over"), version=place.version,
        )  # fmt: skip
        return Asked(
            form=form, title=_("Hand the case over"), button=_("Ask"), about=place.number,
            intro=_("The case changes hands when the other accepts. Until then it stays where it is."),
            child=place.child, back=reverse("care:case", args=[case]),
        )  # fmt: skip

    def do(door: Door, page: Asked) -> tuple[str, str]:
        place, sent = access.get_case_to_hand_over(door, case), page.form.cleaned_data
        actions.ask_transfer(door, place, user_id=sent["user"], words=sent.get("words", ""))
        return _("Asked. The case changes hands when it is accepted."), ""

    return ask(request, make, do)


@login_required
@require_http_methods(["GET", "POST"])
def second(request: HttpRequest, case: str) -> HttpResponse:
    """Let a second worker into the case."""
    return _person(
        request, case, _workers, CHANGES["second"],
        title=_("A second worker"), label=_("Who works beside you"), button=_("Let in"),
        intro=_("A second worker reads and writes the file as you do, until you end it."),
        said=_("Let in."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def counsellor(request: HttpRequest, case: str) -> HttpResponse:
    """Bring in the counsellor of the child's school."""
    return _person(
        request, case, _counsellors, CHANGES["counsellor"],
        title=_("A counsellor"), label=_("Counsellor of the child's school"), button=_("Bring in"),
        intro=_("The counsellor reads the child's name and nothing of the file; you see only that a talk took place."),
        said=_("Brought in."),
    )  # fmt: skip


@login_required
@require_POST
def end(request: HttpRequest, case: str, assignment: str) -> HttpResponse:
    """End a second worker's or a counsellor's part."""
    back = reverse("care:case", args=[case])

    def do(door: Door) -> tuple[str, str]:
        place, own = access.get_duty_to_end(door, case, assignment)
        actions.end_duty(door, place, own)
        return _("Ended."), back

    return press(request, do, back=back)


@login_required
@require_POST
def accept(request: HttpRequest, transfer: str) -> HttpResponse:
    """Take a case over."""

    def act(door: Door, place: CasePlace, row: Transfer) -> str:
        actions.accept_transfer(door, place, row)
        return _("Case %(number)s is yours.") % {"number": place.number}

    return _answer(request, transfer, access.get_transfer_for, act)


@login_required
@require_POST
def decline(request: HttpRequest, transfer: str) -> HttpResponse:
    """Decline a hand-over, or take it back."""

    def act(door: Door, place: CasePlace, row: Transfer) -> str:
        actions.end_transfer(door, place, row)
        return _("The hand-over is called off. The case stays where it was.")

    return _answer(request, transfer, access.get_transfer_to_end, act, to=reverse("care:own"))


def _answer(
    request: HttpRequest, transfer: str, get: Callable[[Door, str], tuple[Transfer, CasePlace]],
    act: Callable[[Door, CasePlace, Transfer], str], to: str = "",
) -> HttpResponse:  # fmt: skip
    def do(door: Door) -> tuple[str, str]:
        row, place = get(door, transfer)
        return act(door, place, row), to or reverse("care:case", args=[place.public_id])

    return press(request, do, back=reverse("care:own"))


def _person(
    request: HttpRequest, case: str, among: Callable[[Door, CasePlace], list[PostRow]],
    change: Change, *, label: str, said: str, **page: str,
) -> HttpResponse:  # fmt: skip
    back = reverse("care:case", args=[case])

    def make(door: Door, sent: QueryDict | None) -> Asked:
        place = access.get_case_to_hand_over(door, case)
        people = _others(among(door, place), place)
        form = PersonForm(sent, people=people, label=label, version=place.version)
        return Asked(form=form, back=back, about=place.number, child=place.child, **page)  # type: ignore[arg-type]

    def do(door: Door, page: Asked) -> tuple[str, str]:
        place = access.get_case_to_hand_over(door, case)
        change(door, place, page.form.cleaned_data["user"])
        return said, ""

    return ask(request, make, do)


def _others(posts: list[PostRow], place: CasePlace) -> list[tuple[int, str]]:
    people = {post.user_id: f"{post.name} · {post.unit.title}" for post in posts}
    people.pop(place.worker_id or 0, None)
    return list(people.items())


def _workers(door: Door, place: CasePlace) -> list[PostRow]:
    day = day_of(door.now)
    return list_holders(path_on(place.unit_id, day), day, [Role.CASE_WORKER])


def _counsellors(door: Door, place: CasePlace) -> list[PostRow]:
    if place.school_id is None:
        return []
    return list_holders([place.school_id], day_of(door.now), [Role.COUNSELLOR])
