"""What concerns a child with a case or without: reports of duty, talks, problems (AID-2, AID-3)."""

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.care import access, actions, consents, queries, words
from mingtian.care.access import ChildPlace
from mingtian.care.actions import Alarm, Met, Problem, Said
from mingtian.care.forms import (
    AgreeForm,
    Keyed,
    PersonForm,
    ReportForm,
    TalkForm,
    TicketForm,
    TruancyForm,
)
from mingtian.care.views.common import Asked, ask, name_of, press, private
from mingtian.children.rules import ConsentPurpose, Standing, version_on
from mingtian.children.words import CONSENT_TEXTS
from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.org.queries import list_holders
from mingtian.org.rules import Role
from mingtian.vault.access import Door, enter
from mingtian.vault.rules import FieldClass, Part, Purpose
from mingtian.web.reader import person

COUNSELLING = ConsentPurpose.COUNSELLING
_UNAGREED = gettext_lazy(
    "Nobody has agreed to talks with this child, or the consent was taken back: the guardian agrees, from"
    " 14 the child itself. Note the consent first; or say why the talk could not wait."
)
ASKING = (Part.WORKER, Part.HELPER, Part.COUNSELLOR)


@login_required
@require_GET
def counselled(request: HttpRequest, child: str) -> HttpResponse:
    """A child as its counsellor sees it: the name, the own talks, no file."""
    with enter(person(request), now=clock.now(), purpose=Purpose.COUNSELLING) as door:
        place = access.get_child_with_part(door, child, [Part.COUNSELLOR])
        talks = queries.talks_of(place.id)
        shown = {
            "place": place,
            "name": name_of(door, place.id),
            "talks": [(talk, words.TALK_WORDS[talk.kind]) for talk in talks],
            "others": _counsellors(door, place),
            "agreed": consents.standing(door, place.id, COUNSELLING) is Standing.GIVEN,
            "has_own": any(talk.is_own and talk.opens for talk in talks),
        }
    return private(render(request, "care/counselled.html", shown))


@login_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, child: str) -> HttpResponse:
    """Report harm or danger: who was told, when. Needs no consent and no case (Minors Law 11)."""

    def make(door: Door, sent: QueryDict | None) -> Asked:
        place = access.get_child_for(door, child)
        return Asked(
            form=ReportForm(sent, with_words=bool(place.parts), today=day_of(door.now)), title=_("Report of duty"),
            button=_("I have told them"), about=place.number or place.unit, back=_back(place),
            intro=_("Whoever finds harm or danger tells the police, civil affairs or the education authority at once (Minors Law 11). Tell them first; then note it here. The offices above see it immediately, and it stays."),
        )  # fmt: skip

    def do(door: Door, page: Asked) -> tuple[str, str]:
        form = page.form
        assert isinstance(form, ReportForm)
        sent = form.cleaned_data
        alarm = Alarm(
            told=sent["told"], told_at=form.told_at, words=sent.get("words", ""), key=form.sent_key
        )
        made = actions.report_duty(door, access.get_child_for(door, child), alarm)
        return _("Noted. The offices above see it now."), reverse(
            "care:report", args=[made.public_id]
        )

    return ask(request, make, do)


@login_required
@require_GET
def report_shown(request: HttpRequest, report: str) -> HttpResponse:
    """A report of duty: who was told, when, by whom; its words to those whose part opens them."""
    with enter(person(request), now=clock.now(), purpose=Purpose.SUPERVISING) as door:
        row, place = access.get_report_for(door, report)
        text = ""
        if row.words and door.may(place.id, FieldClass(row.sealed_as)):
            of = FieldClass(row.sealed_as)
            seal = door.keys([place.id], [of])[place.id]
            text = seal.open(of, row.words, "care_report", "words", row.public_id)
        shown = {
            "report": row,
            "place": place,
            "by": queries.staff_names([row.by_id])[row.by_id],
            "told": words.told_words(row.told),
            "text": text,
        }
    return private(render(request, "care/report.html", shown))


@login_required
@require_POST
def report_seen(request: HttpRequest, report: str) -> HttpResponse:
    """Note that an office above has seen it."""

    def do(door: Door) -> tuple[str, str]:
        row, place = access.get_report_for(door, report)
        if place.standing.oversees:
            actions.see_report(door, row)
        return _("Noted that you have seen it."), reverse("care:own")

    return press(request, do, back=reverse("care:own"), purpose=Purpose.SUPERVISING)


@login_required
@require_http_methods(["GET", "POST"])
def talk(request: HttpRequest, child: str) -> HttpResponse:
    """Note a talk in the counselling room."""

    def make(door: Door, sent: QueryDict | None) -> Asked:
        place = access.get_child_with_part(door, child, [Part.COUNSELLOR])
        agreed = consents.standing(door, place.id, COUNSELLING) is Standing.GIVEN
        form = TalkForm(sent, agreed=agreed, initial={"held_on": day_of(door.now)})
        page = _of_child(door, place, form, _("A talk"))
        return page if agreed else replace(page, intro=str(_UNAGREED))

    def do(door: Door, page: Asked) -> tuple[str, str]:
        place = access.get_child_with_part(door, child, [Part.COUNSELLOR])
        sent = page.form.cleaned_data
        said = Said(
            kind=sent["kind"], held_on=sent["held_on"], words=sent["words"],
            urgency=sent.get("urgency", ""), key=_key(page),
        )  # fmt: skip
        actions.note_talk(door, place, said)
        return _("Kept, for you alone."), ""

    return ask(request, make, do, purpose=Purpose.COUNSELLING)


@login_required
@require_GET
def talk_shown(request: HttpRequest, talk: str) -> HttpResponse:
    """The notes of a talk, to the counsellor whose they are, or to whom they were handed over."""
    with enter(person(request), now=clock.now(), purpose=Purpose.COUNSELLING) as door:
        row, note, place = access.get_talk_for(door, talk)
        seal = door.keys([place.id], [FieldClass.TALKS])[place.id]
        shown = {
            "talk": row,
            "place": place,
            "kind": words.TALK_WORDS[row.kind],
            "by": queries.staff_names([row.by_id])[row.by_id],
            "text": seal.open(FieldClass.TALKS, note.words, "care_note", "words", row.public_id),
            "name": name_of(door, place.id),
        }
    return private(render(request, "care/talk.html", shown))


@login_required
@require_POST
def talk_seen(request: HttpRequest, talk: str) -> HttpResponse:
    """Note that an office has looked at why a talk could not wait for a consent."""

    def do(door: Door) -> tuple[str, str]:
        actions.look_at_talk(door, access.get_talk_above(door, talk))
        return _("Noted that you have seen it."), reverse("care:own")

    return press(request, do, back=reverse("care:own"), purpose=Purpose.SUPERVISING)


@login_required
@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest, child: str) -> HttpResponse:
    """Note who agrees to talks with the counsellor, who is with the child."""

    def make(door: Door, sent: QueryDict | None) -> Asked:
        place = access.get_child_with_part(door, child, [Part.COUNSELLOR])
        form = AgreeForm(sent, initial={"given_on": day_of(door.now)})
        page = _of_child(door, place, form, _("Consent to talks"))
        return replace(
            page, intro=str(CONSENT_TEXTS[COUNSELLING, version_on(COUNSELLING, day_of(door.now))])
        )

    def do(door: Door, page: Asked) -> tuple[str, str]:
        place = access.get_child_with_part(door, child, [Part.COUNSELLOR])
        assert isinstance(page.form, AgreeForm)
        actions.note_agreed(door, place, page.form.said())
        return _("Kept."), ""

    return ask(request, make, do, purpose=Purpose.COUNSELLING)


@login_required
@require_http_methods(["GET", "POST"])
def hand_notes(request: HttpRequest, child: str) -> HttpResponse:
    """Hand one's own notes of a child over to another counsellor of the school."""

    def make(door: Door, sent: QueryDict | None) -> Asked:
        place = access.get_child_with_part(door, child, [Part.COUNSELLOR])
        form = PersonForm(
            sent, people=_counsellors(door, place), label=_("Who reads them from now on")
        )
        page = _of_child(door, place, form, _("Hand your notes over"))
        intro = _("Only you can do this. Whoever comes after you reads nothing otherwise.")
        return replace(page, intro=intro, button=_("Hand over"))

    def do(door: Door, page: Asked) -> tuple[str, str]:
        place = access.get_child_with_part(door, child, [Part.COUNSELLOR])
        actions.hand_over_notes(door, place, user_id=page.form.cleaned_data["user"])
        return _("Handed over."), ""

    return ask(request, make, do, purpose=Purpose.COUNSELLING)


@login_required
@require_http_methods(["GET", "POST"])
def truancy(request: HttpRequest, child: str) -> HttpResponse:
    """Note that somebody asked after a child who stayed away from school (AID-3)."""

    def make(door: Door, sent: QueryDict | None) -> Asked:
        place = access.get_child_with_part(door, child, [Part.COUNSELLOR])
        form = TruancyForm(sent, initial={"held_on": day_of(door.now)})
        page = _of_child(door, place, form, _("Asked why the child stays away"))
        return replace(
            page, intro=_("The case worker sees the day and whether somebody was reached.")
        )

    def do(door: Door, page: Asked) -> tuple[str, str]:
        place = access.get_child_with_part(door, child, [Part.COUNSELLOR])
        sent = page.form.cleaned_data
        met = Met(
            kind="truancy",
            held_on=sent["held_on"],
            reached=sent["reached"] == "yes",
            key=_key(page),
        )
        actions.note_truancy(door, place, met)
        return _("Kept."), ""

    return ask(request, make, do, purpose=Purpose.COUNSELLING)


@login_required
@require_http_methods(["GET", "POST"])
def problem(request: HttpRequest, child: str) -> HttpResponse:
    """Put a timely problem to the office, without a name (AID-2)."""

    def make(door: Door, sent: QueryDict | None) -> Asked:
        place = access.get_child_with_part(door, child, ASKING)
        return replace(
            _of_child(door, place, TicketForm(sent), _("A timely problem")),
            button=_("Ask the office"),
        )

    def do(door: Door, page: Asked) -> tuple[str, str]:
        place = access.get_child_with_part(door, child, ASKING)
        sent = page.form.cleaned_data
        asked = Problem(
            topic=sent["topic"],
            words=sent["words"],
            names=[name_of(door, place.id)],
            key=_key(page),
        )
        made = actions.open_ticket(door, place, asked)
        return _("Sent."), reverse("care:ticket", args=[made.public_id])

    return ask(request, make, do)


def _of_child(door: Door, place: ChildPlace, form: Form, title: str) -> Asked:
    return Asked(
        form=form, title=title, button=_("Keep"), about=name_of(door, place.id),
        child=place.public_id, back=_back(place),
    )  # fmt: skip


def _back(place: ChildPlace) -> str:
    if Part.COUNSELLOR in place.parts:
        return reverse("care:child", args=[place.public_id])
    if place.case and (place.parts & {Part.WORKER, Part.READER} or place.standing.any):
        return reverse("care:case", args=[place.case])
    return reverse("care:own")


def _counsellors(door: Door, place: ChildPlace) -> list[tuple[int, str]]:
    if place.school_id is None:
        return []
    held = list_holders([place.school_id], day_of(door.now), [Role.COUNSELLOR])
    return [(post.user_id, post.name) for post in held if post.user_id != door.user_id]


def _key(page: Asked) -> str:
    assert isinstance(page.form, Keyed)
    return page.form.sent_key
