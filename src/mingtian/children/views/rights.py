"""What is kept about a child, to show the family; and setting it right (Minors Online Regulation 34)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from mingtian.children import actions, queries
from mingtian.children.access import get_child_worked_for
from mingtian.children.forms import WhoForm
from mingtian.children.queries import Opened
from mingtian.children.views.common import title, titles_of, told_category
from mingtian.children.words import (
    KIN_WORDS,
    PARTY_WORDS,
    PURPOSE_WORDS,
    SEX_WORDS,
    WAY_WORDS,
    WHEREABOUTS_WORDS,
)
from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import unit_rows
from mingtian.vault.access import enter
from mingtian.vault.rules import Purpose
from mingtian.web.reader import person
from mingtian.web.refusals import told


@login_required
@never_cache
@require_GET
def kept(request: HttpRequest, child: str) -> HttpResponse:
    """Show everything that the register keeps about a child, to be looked at with the family."""
    now = clock.now()
    with enter(person(request), now=now, purpose=Purpose.RIGHTS) as door:
        row = get_child_worked_for(door, child)
        opened = queries.open_child(door, row.id)
        categories = queries.list_categories(row.id)
        consents = queries.list_consents(row.id)
    units = unit_rows(titles_of([row]), clock.day_of(now))
    facts, home = opened.facts, opened.home
    shown = {
        "child": row, "opened": opened,
        "unit": title(units, row.unit_id), "school": title(units, row.school_id),
        "sex": SEX_WORDS[facts.sex] if facts else "",
        "father": WHEREABOUTS_WORDS[home.father] if home else "",
        "mother": WHEREABOUTS_WORDS[home.mother] if home else "",
        "guardians": [(each, KIN_WORDS[each.said.kin]) for each in opened.guardians],
        "categories": [told_category(each) for each in categories],
        "consents": [
            (each, PURPOSE_WORDS[each.purpose], PARTY_WORDS[each.party], WAY_WORDS[each.way])
            for each in consents
        ],
    }  # fmt: skip
    return render(request, "children/kept.html", shown)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, child: str) -> HttpResponse:
    """Set right who a child is."""
    now = clock.now()
    refusal: RuleBroken | None = None
    form = WhoForm(request.POST or None)
    with enter(person(request), now=now, purpose=Purpose.RIGHTS) as door:
        row = get_child_worked_for(door, child)
        if request.method == "GET":
            form = WhoForm(initial=_begun(queries.open_child(door, row.id)))
    if request.method == "POST" and form.is_valid():
        try:
            with enter(person(request), now=now, purpose=Purpose.RIGHTS) as door:
                actions.correct(door, row.id, form.correction())
        except RuleBroken as broken:
            refusal = broken
        else:
            messages.success(request, _("Set right."))
            return HttpResponseRedirect(reverse("children:child", args=[child]))
    shown = {"child": row, "form": form, **told(refusal)}
    status = 422 if request.method == "POST" else 200
    return render(request, "children/correct.html", shown, status=status)


def _begun(opened: Opened) -> dict[str, object]:
    begun: dict[str, object] = {"name": opened.name, "birth_year": opened.birth_year}
    if (facts := opened.facts) is not None:
        said = "" if facts.boarding is None else ("yes" if facts.boarding else "no")
        begun |= {
            "born_on": facts.born_on, "sex": facts.sex.value, "ethnicity": facts.ethnicity,
            "grade": facts.grade, "boarding": said,
        }  # fmt: skip
    if (home := opened.home) is not None:
        begun |= {"address": home.address, "father": home.father.value, "mother": home.mother.value}
    return begun
