"""Work in a case: assessment, services, reviews, milestones, contact, liaison."""

from collections.abc import Callable
from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mingtian.care import access, actions
from mingtian.care.access import CasePlace
from mingtian.care.actions import Cited, Looked, Met, Told, Wanted
from mingtian.care.forms import (
    AssessForm,
    ContactForm,
    DoneForm,
    Keyed,
    LiaisonForm,
    MilestoneForm,
    ReviewForm,
    ServiceForm,
)
from mingtian.care.rules import scale_on
from mingtian.care.views.common import Asked, ask, citable, name_of, press
from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.vault.access import Door

Made = Callable[[CasePlace, QueryDict | None], Asked]
Kept = Callable[[Door, CasePlace, Keyed], str]


def in_case(request: HttpRequest, case: str, make: Made, keep: Kept) -> HttpResponse:
    """Ask for something in a case in which the reader works, and keep it."""

    def asked(door: Door, sent: QueryDict | None) -> Asked:
        place = access.get_case_to_write(door, case)
        page = make(place, sent)
        name = name_of(door, place.child_id) if place.works else ""
        return replace(
            page, about=f"{name} · {place.number}" if name else place.number, child=place.child
        )

    def do(door: Door, page: Asked) -> tuple[str, str]:
        assert isinstance(page.form, Keyed)
        return keep(door, access.get_case_to_write(door, case), page.form), ""

    return ask(request, asked, do)


def page_of(form: Keyed, place: CasePlace, title: str, intro: str = "") -> Asked:
    """Return a page of a case that leads back to it."""
    back = reverse("care:case", args=[place.public_id])
    return Asked(form=form, title=title, button=_("Keep"), back=back, intro=intro)


@login_required
@require_http_methods(["GET", "POST"])
def assess(request: HttpRequest, case: str) -> HttpResponse:
    """How the child's situation is found."""
    scale = scale_on(day_of(clock.now()))

    def make(place: CasePlace, sent: QueryDict | None) -> Asked:
        form = AssessForm(sent, scale=scale, version=place.version)
        return page_of(form, place, _("How the child is"))

    def keep(door: Door, place: CasePlace, form: Keyed) -> str:
        assert isinstance(form, AssessForm)
        sent = form.cleaned_data
        told = Told(
            points=form.points, words=sent["words"], health=sent["health"], key=form.sent_key
        )
        actions.assess(door, place, told)
        return _("Kept.")

    return in_case(request, case, make, keep)


@login_required
@require_http_methods(["GET", "POST"])
def service(request: HttpRequest, case: str) -> HttpResponse:
    """Something to be done for the child, and until when."""
    rules = citable(request)

    def make(place: CasePlace, sent: QueryDict | None) -> Asked:
        form = ServiceForm(sent, rules=rules, version=place.version)
        return page_of(form, place, _("Something to do"))

    def keep(door: Door, place: CasePlace, form: Keyed) -> str:
        assert isinstance(form, ServiceForm)
        sent, (rule, title) = form.cleaned_data, form.cited
        wanted = Wanted(
            kind=sent["kind"], area=sent["area"], due_on=sent["due_on"], words=sent["words"],
            rule=Cited(public_id=rule, title=title), key=form.sent_key,
        )  # fmt: skip
        actions.add_service(door, place, wanted)
        return _("Kept.")

    return in_case(request, case, make, keep)


@login_required
@require_http_methods(["GET", "POST"])
def done(request: HttpRequest, service: str) -> HttpResponse:
    """What came of a service."""

    def make(door: Door, sent: QueryDict | None) -> Asked:
        _row, place = access.get_service_to_write(door, service)
        form = DoneForm(sent, initial={"done_on": place.today}, version=place.version)
        page = page_of(form, place, _("What came of it"))
        return replace(page, about=place.number, child=place.child)

    def do(door: Door, page: Asked) -> tuple[str, str]:
        row, place = access.get_service_to_write(door, service)
        sent = page.form.cleaned_data
        actions.finish_service(
            door, place, row, done_on=sent["done_on"], outcome=sent["outcome"], words=sent["words"]
        )
        return _("Kept."), ""

    return ask(request, make, do)


@login_required
@require_POST
def call_off(request: HttpRequest, service: str) -> HttpResponse:
    """Call a service off."""

    def do(door: Door) -> tuple[str, str]:
        row, place = access.get_service_to_write(door, service)
        back.append(reverse("care:case", args=[place.public_id]))
        actions.call_off_service(door, place, row)
        return _("Called off."), back[0]

    back: list[str] = []
    return press(request, do, back=lambda: back[0])


@login_required
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, case: str) -> HttpResponse:
    """How the plan has helped."""

    def make(place: CasePlace, sent: QueryDict | None) -> Asked:
        form = ReviewForm(sent, initial={"held_on": place.today}, version=place.version)
        return page_of(form, place, _("How the plan has helped"))

    def keep(door: Door, place: CasePlace, form: Keyed) -> str:
        sent = form.cleaned_data
        looked = Looked(
            held_on=sent["held_on"], outcome=sent["outcome"], words=sent["words"],
            next_on=sent["next_on"], key=form.sent_key,
        )  # fmt: skip
        actions.hold_review(door, place, looked)
        return _("Kept.")

    return in_case(request, case, make, keep)


@login_required
@require_http_methods(["GET", "POST"])
def milestone(request: HttpRequest, case: str) -> HttpResponse:
    """A step of guardianship or orphan assistance."""
    step = request.GET.get("step", "")

    def make(place: CasePlace, sent: QueryDict | None) -> Asked:
        initial = {"on": place.today, "kind": step}
        form = MilestoneForm(sent, initial=initial, version=place.version)
        return page_of(form, place, _("Guardianship"), _("Noted again, a step's day is corrected."))

    def keep(door: Door, place: CasePlace, form: Keyed) -> str:
        sent = form.cleaned_data
        actions.reach_milestone(door, place, kind=sent["kind"], on=sent["on"])
        return _("Kept.")

    return in_case(request, case, make, keep)


@login_required
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, case: str) -> HttpResponse:
    """Whether the parents who are away kept in touch this week."""

    def make(place: CasePlace, sent: QueryDict | None) -> Asked:
        form = ContactForm(sent, initial={"on": place.today}, version=place.version)
        intro = _("Parents who are away keep in touch at least weekly (Minors Law 22).")
        return page_of(form, place, _("The parents' contact"), intro)

    def keep(door: Door, place: CasePlace, form: Keyed) -> str:
        sent = form.cleaned_data
        actions.note_contact(door, place, way=sent["way"], on=sent["on"])
        return _("Kept.")

    return in_case(request, case, make, keep)


@login_required
@require_http_methods(["GET", "POST"])
def liaison(request: HttpRequest, case: str) -> HttpResponse:
    """A visit or talk between home and school."""

    def make(place: CasePlace, sent: QueryDict | None) -> Asked:
        form = LiaisonForm(sent, initial={"held_on": place.today}, version=place.version)
        return page_of(form, place, _("Home and school"))

    def keep(door: Door, place: CasePlace, form: Keyed) -> str:
        sent = form.cleaned_data
        met = Met(
            kind=sent["kind"], held_on=sent["held_on"], reached=sent["reached"] == "yes",
            words=sent["words"], key=form.sent_key,
        )  # fmt: skip
        actions.note_liaison(door, place, met)
        return _("Kept.")

    return in_case(request, case, make, keep)
