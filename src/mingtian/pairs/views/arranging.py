"""Whoever has the case, or an office above, arranges: begins, hands over, rests, ends."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mingtian.pairs import access, actions, queries
from mingtian.pairs.actions import PairSpec
from mingtian.pairs.forms import (
    BesideForm,
    EndForm,
    GoalsForm,
    HandOverForm,
    RhythmForm,
    StartForm,
)
from mingtian.pairs.rules import Ending
from mingtian.pairs.views.common import Asked, ask, press
from mingtian.vault.access import Door


@login_required
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, child: str) -> HttpResponse:
    """Pair a helper with a child, by the child's number."""

    def make(door: Door, sent: QueryDict | None) -> Asked:
        row = access.get_child_to_pair(door, child)
        return Asked(
            form=StartForm(sent, rows=queries.line_of(door, row.id)), title=_("A new helping pair"),
            button=_("Begin"), back=reverse("pairs:list"),
            about=_("Child %(number)s") % {"number": row.public_id},
            intro=_("Helpers at the child's place and school and above are listed. The helper is told name and goals, nothing else."),
        )  # fmt: skip

    def do(door: Door, page: Asked) -> str:
        sent = page.form.cleaned_data
        spec = PairSpec(
            helper_id=sent["helper"], beside_id=sent["beside"], rhythm=sent["rhythm"],
            until=sent["until"],
        )  # fmt: skip
        made = actions.start_pair(door, access.get_child_to_pair(door, child), spec)
        return reverse("pairs:pair", args=[made.public_id])

    return ask(request, make, do, said=_("The pair has begun."))


@login_required
@require_http_methods(["GET", "POST"])
def goals(request: HttpRequest, pair: str) -> HttpResponse:
    """Agree on goals in the four areas."""

    def make(door: Door, sent: QueryDict | None) -> Asked:
        place = access.get_pair_to_write(door, pair)
        held = {
            goal.area: goal.text
            for goal in queries.goals_of(place.row, queries.open_helping(door, place.row))
        }
        return _asked(pair, GoalsForm(sent, held=held), _("Goals"))

    def do(door: Door, page: Asked) -> str:
        assert isinstance(page.form, GoalsForm)
        actions.set_goals(door, access.get_pair_to_write(door, pair), page.form.goals)
        return ""

    return ask(request, make, do, said=_("Agreed."))


@login_required
@require_http_methods(["GET", "POST"])
def rhythm(request: HttpRequest, pair: str) -> HttpResponse:
    """Agree on another rhythm or last day."""

    def make(door: Door, sent: QueryDict | None) -> Asked:
        row = access.get_pair_to_arrange(door, pair).row
        form = RhythmForm(sent, initial={"rhythm": row.rhythm, "until": row.until})
        return _asked(pair, form, _("Rhythm and last day"))

    def do(door: Door, page: Asked) -> str:
        place, sent = access.get_pair_to_arrange(door, pair), page.form.cleaned_data
        actions.set_rhythm(door, place, rhythm=sent["rhythm"], until=sent["until"])
        return ""

    return ask(request, make, do, said=_("Agreed."))


@login_required
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, pair: str) -> HttpResponse:
    """Let another helper go on."""

    def make(door: Door, sent: QueryDict | None) -> Asked:
        place = access.get_pair_to_arrange(door, pair)
        rows = queries.line_of(door, place.row.child_id)
        intro = _("Whoever helped before sees nothing of the child from that moment.")
        return _asked(
            pair, HandOverForm(sent, rows=rows, words=place.works), _("Hand the pair over"), intro
        )

    def do(door: Door, page: Asked) -> str:
        place, sent = access.get_pair_to_arrange(door, pair), page.form.cleaned_data
        actions.hand_over(
            door, place, user_id=sent["helper"], words=sent.get("words", ""),
            with_notes=sent["notes"],
        )  # fmt: skip
        return ""

    return ask(request, make, do, said=_("Handed over."))


@login_required
@require_http_methods(["GET", "POST"])
def beside(request: HttpRequest, pair: str) -> HttpResponse:
    """Let somebody help beside the first, or nobody."""

    def make(door: Door, sent: QueryDict | None) -> Asked:
        place = access.get_pair_to_arrange(door, pair)
        form = BesideForm(
            sent, rows=queries.line_of(door, place.row.child_id),
            initial={"helper": queries.beside_of(place.row)},
        )  # fmt: skip
        return _asked(pair, form, _("Who helps beside"))

    def do(door: Door, page: Asked) -> str:
        place = access.get_pair_to_arrange(door, pair)
        actions.set_beside(door, place, user_id=page.form.cleaned_data["helper"])
        return ""

    return ask(request, make, do, said=_("Agreed."))


@login_required
@require_POST
def pause(request: HttpRequest, pair: str) -> HttpResponse:
    """Let a pair rest."""

    def do(door: Door) -> str:
        actions.pause_pair(door, access.get_pair_to_arrange(door, pair))
        return _("The pair rests. No silence is told of it.")

    return press(request, do, back=_of(pair))


@login_required
@require_POST
def resume(request: HttpRequest, pair: str) -> HttpResponse:
    """Go on after a rest."""

    def do(door: Door) -> str:
        actions.resume_pair(door, access.get_pair_to_arrange(door, pair))
        return _("The pair goes on from today.")

    return press(request, do, back=_of(pair))


@login_required
@require_POST
def end(request: HttpRequest, pair: str) -> HttpResponse:
    """End a pair with a reason."""
    form = EndForm(request.POST)
    form.is_valid()

    def do(door: Door) -> str:
        place = access.get_pair_to_arrange(door, pair)
        actions.end_pair(door, place, form.cleaned_data.get("why", Ending.WISH))
        return _("The pair has ended.")

    return press(request, do, back=_of(pair))


def _asked(
    pair: str, form: GoalsForm | RhythmForm | HandOverForm | BesideForm, title: str, intro: str = ""
) -> Asked:
    return Asked(
        form=form, title=title, button=_("Keep"), back=_of(pair), intro=intro,
        about=_("Pair %(number)s") % {"number": pair},
    )  # fmt: skip


def _of(pair: str) -> str:
    return reverse("pairs:pair", args=[pair])
