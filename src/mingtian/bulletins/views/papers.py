"""Pages of the day's note and bulletin: look, draft, edit, issue, take out; the archive (SUP-1)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from mingtian.bulletins import access, actions
from mingtian.bulletins.access import Place
from mingtian.bulletins.actions import Again
from mingtian.bulletins.forms import AgainForm
from mingtian.bulletins.models import Bulletin
from mingtian.bulletins.pages import Typed, page_of, paper_of
from mingtian.bulletins.queries.archive import list_archive
from mingtian.bulletins.rules import Kind, Section
from mingtian.bulletins.words import KIND_WORDS
from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.papers.pdf import draw_pdf
from mingtian.papers.word import draw_docx
from mingtian.web import tables
from mingtian.web.acting import act, actor
from mingtian.web.refusals import told

FORMS = {
    "pdf": (draw_pdf, "application/pdf"),
    "docx": (
        draw_docx,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
}


@login_required
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """Send the reader to the archive of the own unit, or say that nothing is there."""
    posts = access.posts_of_lists(request.user, clock.now())
    if posts:
        return redirect("bulletins:archive", posts[0].unit.public_id)
    return render(request, "bulletins/none.html")


@login_required
@require_GET
def archive(request: HttpRequest, unit: str) -> HttpResponse:
    """List the days at a unit with what was issued there and its parts, the latest first."""
    now = clock.now()
    post = access.get_post_for(request.user, unit, now)
    shown = {
        "post": post,
        "units": [each.unit for each in access.posts_of_lists(request.user, now)],
        "days": list_archive(post, now, papers=access.reads_papers(post)),
        "with_papers": access.reads_papers(post),
        "words": KIND_WORDS,
    }
    return render(request, "bulletins/archive.html", shown)


@login_required
@require_GET
def export(request: HttpRequest, unit: str, form: str) -> HttpResponse:
    """Give the papers of the archive as CSV or XLSX."""
    now = clock.now()
    post = access.get_post_of_papers(request.user, unit, now)
    columns = [_("Evening"), _("Day"), _("Kind of paper"), _("Which one"), _("Document number"), _("Title"),
               _("Issued at"), _("Superseded at")]  # fmt: skip
    rows: list[tables.Row] = [[post.unit.title], [], columns]
    for day in list_archive(post, now, papers=True):
        rows += [
            [day.number, day.held_on.isoformat(), str(KIND_WORDS[paper.kind]), paper.edition,
             paper.reference, paper.title, paper.issued_at, paper.superseded_at]
            for paper in day.papers
        ]  # fmt: skip
    return tables.download(rows, name=f"bulletins-{post.unit.public_id}", form=form)


@login_required
@require_GET
def paper(request: HttpRequest, lecture: int, unit: str, kind: str) -> HttpResponse:
    """Show the day's paper: the draft to edit, or what went out."""
    now = clock.now()
    place = access.get_place_for(request.user, lecture, unit, now)
    return _show(request, place, _kind(kind))


@login_required
@require_POST
def begin(request: HttpRequest, lecture: int, unit: str, kind: str) -> HttpResponse:
    """Draft the paper from the day's figures; a second one with its reason."""
    now = clock.now()
    place = access.get_place_to_write(request.user, lecture, unit, now)
    form = AgainForm(request.POST)
    again = Again(reason=request.POST.get("reason", ""), words=request.POST.get("words", ""))

    def do() -> str:
        actions.begin(place=place, kind=_kind(kind), by=actor(request), now=now, again=again)
        return ""

    return _do(request, place, _kind(kind), do, Sent(again=form))


@login_required
@require_POST
def drop(request: HttpRequest, lecture: int, unit: str, kind: str) -> HttpResponse:
    """Throw the draft away."""
    now = clock.now()
    place = access.get_place_to_write(request.user, lecture, unit, now)
    found = _draft(place, kind)

    def do() -> str:
        actions.drop(bulletin_id=found.pk, by=actor(request), now=now)
        return ""

    return _do(request, place, _kind(kind), do)


@login_required
@require_POST
def take_figures(request: HttpRequest, lecture: int, unit: str, kind: str) -> HttpResponse:
    """Let the draft tell the figures as they stand now."""
    now = clock.now()
    place = access.get_place_to_write(request.user, lecture, unit, now)
    found = _draft(place, kind)

    def do() -> str:
        actions.take_figures(place=place, bulletin_id=found.pk, by=actor(request), now=now)
        return _("The draft tells the new figures.")

    return _do(request, place, _kind(kind), do)


@login_required
@require_POST
def edit(request: HttpRequest, lecture: int, unit: str, kind: str, section: str) -> HttpResponse:
    """Write one section anew."""
    now = clock.now()
    place = access.get_place_to_write(request.user, lecture, unit, now)
    found = _draft(place, kind)
    if section not in set(Section):
        raise Http404
    text = request.POST.get("text", "")

    def do() -> str:
        actions.edit(
            bulletin_id=found.pk, section=Section(section), text=text, by=actor(request), now=now
        )
        return _("Kept.")

    typed = Typed(section=section, text=text)
    return _do(request, place, _kind(kind), do, Sent(typed=typed))


@login_required
@require_POST
def issue(request: HttpRequest, lecture: int, unit: str, kind: str) -> HttpResponse:
    """Send the paper out with its number."""
    now = clock.now()
    place = access.get_place_to_issue(request.user, lecture, unit, now)
    # Whoever presses twice meets the paper that has gone out, not a refusal.
    found = access.papers_at(place, kind).first()
    if found is None:
        raise Http404

    def do() -> str:
        made = actions.issue(place=place, bulletin_id=found.pk, by=actor(request), now=now)
        return _("Issued as %(reference)s.") % {"reference": made.reference}

    return _do(request, place, _kind(kind), do)


@login_required
@require_POST
def post_to_groups(request: HttpRequest, lecture: int, unit: str, kind: str) -> HttpResponse:
    """Post the short text of the paper in force to the unit's work groups."""
    now = clock.now()
    place = access.get_place_to_issue(request.user, lecture, unit, now)
    found = _draft(place, kind)

    def do() -> str:
        number = actions.post_to_groups(
            place=place, bulletin_id=found.pk, by=actor(request), now=now
        )
        said = ngettext("Posted to %(number)s group.", "Posted to %(number)s groups.", number)
        return said % {"number": number}

    return _do(request, place, _kind(kind), do)


@login_required
@require_GET
def edition(request: HttpRequest, lecture: int, unit: str, kind: str, edition: int) -> HttpResponse:
    """Show one edition as it went out, also one whose place a later one took."""
    now = clock.now()
    place = access.get_place_for(request.user, lecture, unit, now)
    found = access.get_paper_for(place, kind, edition)
    if found.issued_at is None:
        return redirect("bulletins:paper", lecture, unit, kind)
    shown = {"place": place, "day": place.day, "paper": found, "word": KIND_WORDS[_kind(kind)]}
    return render(request, "bulletins/edition.html", shown)


@login_required
@require_GET
def file(
    request: HttpRequest, lecture: int, unit: str, kind: str, edition: int, form: str
) -> HttpResponse:
    """Give an edition as Word or PDF; a draft without number."""
    now = clock.now()
    place = access.get_place_for(request.user, lecture, unit, now)
    found = access.get_paper_for(place, kind, edition)
    if form not in FORMS:
        raise Http404
    draw, content_type = FORMS[form]
    try:
        made = draw(paper_of(place, found, now))
    except RuleBroken as refusal:
        return _show(request, place, _kind(kind), refusal)
    response = HttpResponse(made, content_type=content_type)
    name = f"{kind}-{place.day.held_on}-{edition}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _kind(word: str) -> Kind:
    if word not in set(Kind):
        raise Http404
    return Kind(word)


def _draft(place: Place, kind: str) -> Bulletin:
    """Return the latest edition; actions refuse where it is not at the right step."""
    found = access.papers_at(place, kind).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """What was typed, to be shown again where it was refused."""

    typed: Typed | None = None
    again: AgainForm | None = None


NOTHING = Sent()


def _do(
    request: HttpRequest, place: Place, kind: Kind, do: Callable[[], str], sent: Sent = NOTHING
) -> HttpResponse:
    def again(refusal: RuleBroken) -> HttpResponse:
        return _show(request, place, kind, refusal, sent)

    to = reverse("bulletins:paper", args=[place.day.lecture_id, place.unit.public_id, kind.value])
    return act(request, do, to=to, again=again)


def _show(
    request: HttpRequest, place: Place, kind: Kind, refusal: RuleBroken | None = None,
    sent: Sent = NOTHING,
) -> HttpResponse:  # fmt: skip
    shown = {
        "place": place,
        "day": place.day,
        "kinds": [(each.value, KIND_WORDS[each], each is kind) for each in Kind],
        "page": page_of(place, kind, clock.now(), sent.typed),
        "again": sent.again or AgainForm(),
        **told(refusal),
    }
    return render(request, "bulletins/paper.html", shown, status=422 if refusal else 200)
