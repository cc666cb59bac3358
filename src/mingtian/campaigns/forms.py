"""Checks what is typed on the pages of campaigns; each form feeds one action."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingtian.campaigns.actions import CampaignSpec, LectureSpec
from mingtian.campaigns.queries import CampaignRow
from mingtian.campaigns.rules import SLOTS, Mandate
from mingtian.core.clock import SHANGHAI, day_of
from mingtian.people.queries.words import PEOPLE_WORDS
from mingtian.web.fields import DayInput

LAST_MOMENT = time(23, 59, 59)


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class CampaignForm(forms.Form):
    """What a campaign is to be."""

    name = forms.CharField(label=_("Name of the campaign"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=160, required=False)
    scope = forms.ChoiceField(label=_("Runs below"))
    first_on = forms.DateField(label=_("First day"), widget=DayInput)
    last_on = forms.DateField(label=_("Last day"), widget=DayInput)
    kinds = forms.TypedMultipleChoiceField(
        label=_("Who may take part"),
        coerce=int,
        choices=list(PEOPLE_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    needed_slots = forms.IntegerField(
        label=_("Slots that make an evening completed"),
        help_text=_("A lecture has 60 slots, whatever its length."),
        min_value=1,
        max_value=SLOTS,
    )
    replay_on = forms.DateField(
        label=_("Replays count until the end of"), widget=DayInput, required=False
    )

    def __init__(self, *args: Any, scopes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scope"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = scopes

    def spec(self, scope_id: int) -> CampaignSpec:
        """Return what was typed in a form that was found right."""
        typed = self.cleaned_data
        until = typed["replay_on"]
        return CampaignSpec(
            name=typed["name"],
            name_en=typed["name_en"],
            scope_id=scope_id,
            first_on=typed["first_on"],
            last_on=typed["last_on"],
            kinds=tuple(typed["kinds"]),
            needed_slots=typed["needed_slots"],
            replay_until=datetime.combine(until, LAST_MOMENT, SHANGHAI) if until else None,
        )


def campaign_typed(row: CampaignRow, scope: str) -> dict[str, Any]:
    """Return a campaign as it would have been typed."""
    until = row.replay_until
    return {
        "name": row.name,
        "name_en": row.name_en,
        "scope": scope,
        "first_on": row.first_on,
        "last_on": row.last_on,
        "kinds": list(row.kinds),
        "needed_slots": row.needed_slots,
        "replay_on": day_of(until) if until else None,
    }


class MandateForm(forms.Form):
    """The document that orders the campaign (ORG-1); a draft may keep it half written."""

    issuer = forms.CharField(label=_("Issued by"), max_length=120)
    issuer_en = forms.CharField(label=_("Issued by, in English"), max_length=160, required=False)
    symbol = forms.CharField(
        label=_("Short name in the number"),
        help_text=_("As before the year: 绥关工委〔2023〕20号."),
        max_length=40,
        required=False,
    )
    year = forms.IntegerField(label=_("Year in the number"), min_value=1990, max_value=2100)
    number = forms.IntegerField(label=_("Number in that year"), min_value=1, max_value=99_999)
    issued_on = forms.DateField(label=_("Date of the document"), widget=DayInput)

    def mandate(self) -> Mandate:
        """Return what was typed in a form that was found right."""
        return Mandate(**self.cleaned_data)


class EveningForm(forms.Form):
    """When a sitting begins and how long it lasts."""

    start = forms.TimeField(label=_("Begins at"), widget=ClockInput)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=240)

    def length(self) -> timedelta:
        return timedelta(minutes=self.cleaned_data["minutes"])


class PlanForm(EveningForm):
    """One sitting on every day: the same hour, a title a line."""

    titles = forms.CharField(
        label=_("Titles, one a line"),
        help_text=_("One for each day. English after a bar: 远离毒品 | Away from drugs."),
        widget=forms.Textarea,
        max_length=20_000,
    )

    def pairs(self) -> list[tuple[str, str]]:
        """Return the titles in Chinese and English."""
        lines = [line.strip() for line in self.cleaned_data["titles"].splitlines()]
        parts = [line.replace("｜", "|").partition("|") for line in lines if line]
        return [(chinese.strip(), english.strip()) for chinese, _bar, english in parts]


class LectureForm(EveningForm):
    """A single sitting."""

    day = forms.DateField(label=_("Day"), widget=DayInput)
    title = forms.CharField(label=_("Title"), max_length=160)
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)

    def spec(self) -> LectureSpec:
        """Return what was typed in a form that was found right."""
        typed = self.cleaned_data
        return LectureSpec(
            day=typed["day"],
            start=typed["start"],
            length=self.length(),
            title=typed["title"],
            title_en=typed["title_en"],
        )
