"""What people type about meetings, follow-ups and talks; each form feeds one action."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingtian.core.clock import SHANGHAI, day_of
from mingtian.core.ids import CROCKFORD, public_id
from mingtian.meetings.actions import MeetingSpec, TalkSpec, Task
from mingtian.meetings.models import ONCE, Meeting
from mingtian.meetings.queries.owners import OwnerRow
from mingtian.meetings.rules import (
    FIRST_ROLE,
    LONGEST_LINE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_WORDS,
    MOST_PEOPLE,
    Attending,
    Kind,
    State,
    Way,
)
from mingtian.meetings.words import ATTENDING_WORDS, KIND_WORDS, WAY_WORDS
from mingtian.web.fields import DayInput

_ONCE = re.compile(rf"[{CROCKFORD}]{{{ONCE}}}")
MINUTES_OF_CLOCK = 5


class ClockInput(forms.TimeInput):
    """An hour and minute."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class Wanted(forms.Field):
    """Shown as needed; that it is missing is told by the rule, in its own sentence."""

    def validate(self, value: Any) -> None:
        """Check what was typed, if anything was."""
        if value:
            super().validate(value)


class WantedText(Wanted, forms.CharField):
    """Words that are needed."""


class WantedChoice(Wanted, forms.ChoiceField):
    """A choice that is needed."""


class WantedDay(Wanted, forms.DateField):
    """A day that is needed."""


class OnceForm(forms.Form):
    """A form that is kept once, however often it is sent."""

    once = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_once(self) -> str:
        """Return the form's key; a key that is none of ours gets replaced."""
        typed = str(self.cleaned_data["once"])
        return typed if _ONCE.fullmatch(typed) else public_id()

    def choose_from(self, name: str, choices: Sequence[tuple[str, object]]) -> None:
        """Offer these choices in a field."""
        found = self.fields[name]
        assert isinstance(found, forms.ChoiceField)
        found.choices = choices


@dataclass(frozen=True, kw_only=True, slots=True)
class Offers:
    """What a meeting's form offers: pairs of what is sent and what is read."""

    kinds: Sequence[Kind]
    campaigns: Sequence[tuple[str, str]] = ()
    documents: Sequence[tuple[str, str]] = ()
    staff: Sequence[tuple[str, str]] = ()
    campaign_keys: Mapping[str, int] = field(default_factory=dict)


class MeetingForm(OnceForm):
    """A meeting, planned or held."""

    kind = forms.ChoiceField(label=_("Kind"))
    title = forms.CharField(label=_("What it is about"), max_length=LONGEST_TITLE)
    day = forms.DateField(label=_("Day"), widget=DayInput)
    time = forms.TimeField(label=_("Begins at"), widget=ClockInput)
    place = forms.CharField(label=_("Place"), max_length=LONGEST_WORDS, required=False)
    chair = forms.CharField(
        label=_("In the chair"),
        help_text=_("The office, not a name."),
        max_length=LONGEST_WORDS,
        required=False,
    )
    partners = forms.CharField(
        label=_("Held together with"), max_length=LONGEST_WORDS, required=False
    )
    staff = forms.MultipleChoiceField(
        label=_("Colleagues with an account who attended"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agenda = forms.CharField(
        label=_("Agenda"), widget=_area(3), max_length=LONGEST_TEXT, required=False
    )
    minutes = forms.CharField(
        label=_("Minutes of the meeting"),
        help_text=_("A line is a paragraph; 一、 at the beginning makes a heading."),
        widget=_area(8),
        max_length=LONGEST_TEXT,
        required=False,
    )
    campaign = forms.ChoiceField(label=_("Campaign"), required=False)
    document = forms.ChoiceField(label=_("The document it was about"), required=False)
    document_words = forms.CharField(
        label=_("Number of a document from elsewhere"),
        help_text=_("As printed: 绥关工委〔2023〕20号."),
        max_length=LONGEST_WORDS,
        required=False,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, offers: Offers, first: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        self.first_role = FIRST_ROLE[first]
        self.choose_from("kind", [(kind.value, KIND_WORDS[kind]) for kind in offers.kinds])
        self.choose_from("campaign", [("", _("No campaign")), *offers.campaigns])
        self.choose_from("document", [("", _("None, or one from elsewhere")), *offers.documents])
        self.choose_from("staff", offers.staff)
        for role in Attending:
            is_first = role is self.first_role and not self.initial.get("revision")
            self.fields[_count(role)] = _number(role, focus=is_first)

    @property
    def first_count(self) -> forms.BoundField:
        return self[_count(self.first_role)]

    @property
    def other_counts(self) -> list[forms.BoundField]:
        return [self[_count(role)] for role in Attending if role is not self.first_role]

    @property
    def is_wrong_inside(self) -> bool:
        """Whether something is wrong in the part that is folded at first."""
        outside = {"kind", "title", "day", "time", _count(self.first_role)}
        return bool(set(self.errors) - outside)

    def spec(self) -> MeetingSpec:
        """Return what was typed in a form that was found right."""
        typed = self.cleaned_data
        return MeetingSpec(
            kind=Kind(typed["kind"]),
            title=typed["title"],
            held_at=datetime.combine(typed["day"], typed["time"], SHANGHAI),
            attended={role: typed[_count(role)] or 0 for role in Attending},
            place=typed["place"],
            chair=typed["chair"],
            partners=typed["partners"],
            staff_ids=[int(key) for key in typed["staff"]],
            agenda=typed["agenda"],
            minutes=typed["minutes"],
            campaign_id=self.offers.campaign_keys.get(typed["campaign"]),
            document=typed["document"],
            document_words=typed["document_words"],
        )


def _number(role: Attending, *, focus: bool) -> forms.IntegerField:
    attributes: dict[str, object] = {
        "class": "input",
        "inputmode": "numeric",
        "autocomplete": "off",
    }
    # Whoever enters a meeting types one number and is done.
    widget = forms.NumberInput(attrs=attributes | ({"autofocus": True} if focus else {}))
    return forms.IntegerField(
        label=str(ATTENDING_WORDS[role]),
        widget=widget,
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
    )


def _count(role: Attending) -> str:
    return f"count_{role.value}"


def meeting_typed(meeting: Meeting, campaign: str, document: str) -> dict[str, Any]:
    """Return a meeting as it would have been typed."""
    local = meeting.held_at.astimezone(SHANGHAI)
    return {
        "kind": meeting.kind,
        "title": meeting.title,
        "day": local.date(),
        "time": local.time(),
        "place": meeting.place,
        "chair": meeting.chair,
        "partners": meeting.partners,
        "staff": [str(each.pk) for each in meeting.staff.all()],
        "agenda": meeting.agenda,
        "minutes": meeting.minutes,
        "campaign": campaign,
        "document": document,
        "document_words": meeting.document_words,
        "revision": meeting.revision,
        **{_count(Attending(role)): number for role, number in meeting.attended.items()},
    }


def just_now(now: datetime) -> dict[str, Any]:
    """Return day and time of a meeting that is entered as it ends: the last full five minutes."""
    local = now.astimezone(SHANGHAI)
    past = timedelta(minutes=local.minute % MINUTES_OF_CLOCK)
    begun = (local - past).replace(second=0, microsecond=0)
    return {"day": begun.date(), "time": begun.time()}


class TaskForm(OnceForm):
    """A follow-up: what, who, until when; ``needed`` unless it comes with something else."""

    needed = True

    what = WantedText(label=_("What is to be done"), max_length=LONGEST_LINE)
    owner = WantedChoice(label=_("Who sees to it"))
    due_on = WantedDay(label=_("Due on"), widget=DayInput)

    def __init__(self, *args: Any, owners: Sequence[OwnerRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("what", "owner", "due_on"):
            self.fields[name].required = self.needed
        choices = [(each.key, each.title) for each in owners]
        self.choose_from("owner", [("", _("Choose a unit or a colleague")), *choices])

    def task(self, what: str = "") -> Task:
        """Return the follow-up; ``what`` stands in where nothing was typed."""
        typed = self.cleaned_data
        return Task(what=typed["what"] or what, owner=typed["owner"], due_on=typed["due_on"])

    def task_if_any(self, what: str = "") -> Task | None:
        """Return the follow-up, or None when nothing of it was typed."""
        typed = self.cleaned_data
        wanted = typed["what"] or typed["owner"] or typed["due_on"]
        return self.task(what) if wanted else None


class ResolutionForm(TaskForm):
    """What a meeting resolved, and the first follow-up if there is one."""

    needed = False

    text = WantedText(label=_("What was resolved"), widget=_area(3), max_length=LONGEST_LINE)


class TalkForm(TaskForm):
    """A talk with another body, and the first follow-up if there is one."""

    needed = False

    with_whom = WantedText(label=_("With which body"), max_length=LONGEST_WORDS)
    with_role = forms.CharField(
        label=_("With whom there"),
        help_text=_("The office, not a name."),
        max_length=LONGEST_WORDS,
        required=False,
    )
    post = forms.CharField(label=_("Who of us"), max_length=LONGEST_WORDS)
    way = forms.ChoiceField(label=_("How"), choices=[(way.value, WAY_WORDS[way]) for way in Way])
    day = forms.DateField(label=_("Day"), widget=DayInput)
    time = forms.TimeField(label=_("At"), widget=ClockInput)
    agreed = WantedText(label=_("What was agreed"), widget=_area(4), max_length=LONGEST_TEXT)

    def spec(self) -> TalkSpec:
        """Return what was typed in a form that was found right."""
        typed = self.cleaned_data
        return TalkSpec(
            post=typed["post"],
            with_whom=typed["with_whom"],
            with_role=typed["with_role"],
            held_at=datetime.combine(typed["day"], typed["time"], SHANGHAI),
            way=Way(typed["way"]),
            agreed=typed["agreed"],
        )


class SettlingForm(forms.Form):
    """How a follow-up ended."""

    said = WantedText(label=_("In a sentence"), widget=_area(2), max_length=LONGEST_LINE)
    to = forms.ChoiceField(choices=[(state.value, state.value) for state in State], required=False)

    def state(self) -> State:
        """Return the state that was chosen; open, which the rule refuses, for none."""
        return State(self.cleaned_data.get("to") or State.OPEN)


def due_day(now: datetime, days: int = 7) -> dict[str, Any]:
    """Return the day that is proposed for a follow-up."""
    return {"due_on": day_of(now) + timedelta(days=days)}
