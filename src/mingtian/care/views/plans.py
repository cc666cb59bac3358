"""The plan: written by the worker, decided on by the office without a name."""

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mingtian.care import access, actions, pages, queries, words
from mingtian.care.access import CasePlace
from mingtian.care.actions import Cited, Draft
from mingtian.care.forms import PlanForm
from mingtian.care.rules import Area
from mingtian.care.views.common import Asked, ask, citable, name_of, press
from mingtian.care.views.work import page_of
from mingtian.vault.access import Door
from mingtian.vault.rules import FieldClass


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, case: str) -> HttpResponse:
    """Write a plan, or change the one that is with the office. It begins with what is in force."""
    rules = citable(request)

    def make(door: Door, sent: QueryDict | None) -> Asked:
        place = access.get_case_to_write(door, case)
        goals, initial = _newest(door, place)
        form = PlanForm(sent, rules=rules, initial=initial, version=place.version)
        name = name_of(door, place.child_id) if place.works else ""
        beside = [
            (words.word(words.AREA_WORDS, Area, area), text) for area, text in goals.items() if text
        ]
        page = page_of(
            form, place, _("The plan of help"),
            _("Write goals where there are some. The office sees the areas and the days, not the goals."),
        )  # fmt: skip
        return replace(
            page, about=f"{name} · {place.number}" if name else place.number, child=place.child,
            beside=beside, button=_("Send to the office"),
        )  # fmt: skip

    def do(door: Door, page: Asked) -> tuple[str, str]:
        form = page.form
        assert isinstance(form, PlanForm)
        sent, (rule, title) = form.cleaned_data, form.cited
        draft = Draft(
            goals=form.goals, agreed=sent["agreed"], agreed_on=sent["agreed_on"],
            review_on=sent["review_on"], rule=Cited(public_id=rule, title=title),
        )  # fmt: skip
        place = access.get_case_to_write(door, case)
        actions.save_plan(door, place, draft, version=form.sent_version)
        return _("The plan is with the office."), ""

    return ask(request, make, do)


@login_required
@require_POST
def approve(request: HttpRequest, plan: str) -> HttpResponse:
    """Approve a plan by its number, areas and days."""

    def do(door: Door) -> tuple[str, str]:
        row, place = access.get_plan_to_decide(door, plan)
        back.append(reverse("care:case", args=[place.public_id]))
        actions.approve_plan(door, place, row)
        return _("The plan is approved."), back[0]

    back: list[str] = []
    return press(request, do, back=lambda: back[0])


@login_required
@require_POST
def give_back(request: HttpRequest, plan: str) -> HttpResponse:
    """Give a plan back to be changed."""

    def do(door: Door) -> tuple[str, str]:
        row, place = access.get_plan_to_decide(door, plan)
        back.append(reverse("care:case", args=[place.public_id]))
        actions.return_plan(door, place, row)
        return _("The plan is back with its case worker."), back[0]

    back: list[str] = []
    return press(request, do, back=lambda: back[0])


def _newest(door: Door, place: CasePlace) -> tuple[dict[str, str], dict[str, object]]:
    """Return the goals of the newest version and with what a form begins."""
    plans = queries.plans_of(place)
    if not plans or not place.works:
        return {}, {"agreed_on": place.today}
    plan = plans[0]
    seal = door.keys([place.child_id], [FieldClass.SITUATION])[place.child_id]
    goals = pages.goals_of(plan, seal)
    initial: dict[str, object] = {f"goal_{area}": text for area, text in goals.items()}
    initial |= {"agreed": plan.agreed, "agreed_on": place.today, "rule": plan.rule}
    return goals, initial
