"""What offices keep: the list of words of the city, the phrases of a campaign's lectures."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingtian.campaigns.access import can_change_campaigns_of, get_campaign_of_own_office_for
from mingtian.campaigns.queries import LectureRow, list_lectures
from mingtian.comments.access import can_keep_words, can_see_words
from mingtian.comments.actions.phrases import set_phrases
from mingtian.comments.actions.words import save_word_list
from mingtian.comments.forms import PhrasesForm, WordListForm
from mingtian.comments.queries.phrases import list_phrases
from mingtian.comments.queries.words import list_word_lists, newest_word_list
from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.web.reader import person
from mingtian.web.refusals import sentence


@login_required
@require_http_methods(["GET", "POST"])
def word_list(request: HttpRequest) -> HttpResponseBase:
    """Show the list to the office and those beside it; the office saves a new version."""
    user, now = person(request), clock.now()
    may_change = can_keep_words(user, day_of(now))
    if not may_change and (request.method == "POST" or not can_see_words(user, day_of(now))):
        raise Http404
    newest = newest_word_list()
    form = WordListForm(
        request.POST or None, initial={"text": newest.text, "based_on": newest.number}
    )
    if request.method == "POST" and form.is_valid():
        try:
            save_word_list(**form.cleaned_data, actor=user.get_username(), now=now)
        except RuleBroken as refusal:
            form.add_error("text", sentence(refusal))
        else:
            messages.success(request, _("The list was saved. It holds within seconds."))
            return redirect("comments:word-list")
    shown = {
        "form": form,
        "newest": newest,
        "versions": list_word_lists(),
        "may_change": may_change,
    }
    return render(request, "comments/word_list.html", shown, status=422 if form.errors else 200)


@login_required
@require_GET
def word_list_version(request: HttpRequest, number: int) -> HttpResponse:
    if not can_see_words(person(request), day_of(clock.now())):
        raise Http404
    found = next((row for row in list_word_lists() if row.number == number), None)
    if found is None:
        raise Http404
    return render(request, "comments/word_list_version.html", {"version": found})


@login_required
@require_http_methods(["GET", "POST"])
def phrases(request: HttpRequest, campaign: str, number: int) -> HttpResponseBase:
    """Show the phrases to the campaign's office and those beside it; the office sets them."""
    user, now = person(request), clock.now()
    found = get_campaign_of_own_office_for(user, campaign, day_of(now))
    may_change = can_change_campaigns_of(user, found.scope_id, day_of(now))
    if request.method == "POST" and not may_change:
        raise Http404
    lecture = _lecture(found.pk, number)
    offered, own = list_phrases(lecture.id)
    text = "\n".join(f"{one.text} | {one.text_en}" for one in offered)
    form = PhrasesForm(request.POST or None, initial={"text": text})
    if request.method == "POST" and form.is_valid():
        try:
            set_phrases(
                lecture_id=lecture.id,
                text=form.cleaned_data["text"],
                actor=user.get_username(),
                now=now,
            )
        except RuleBroken as refusal:
            form.add_error("text", sentence(refusal))
        else:
            messages.success(request, _("The phrases were saved."))
            return redirect("comments:phrases", campaign, number)
    shown = {
        "form": form,
        "lecture": lecture,
        "own": own,
        "offered": offered,
        "may_change": may_change,
        "lectures": list_lectures(found.pk),
        "campaign": campaign,
    }
    return render(request, "comments/phrases.html", shown, status=422 if form.errors else 200)


def _lecture(campaign_id: int, number: int) -> LectureRow:
    found = next((row for row in list_lectures(campaign_id) if row.number == number), None)
    if found is None:
        raise Http404
    return found
