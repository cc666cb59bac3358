"""What people type about pairs. The rules decide; forms keep what was typed."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingtian.care.rules import Area
from mingtian.core.clock import SHANGHAI
from mingtian.pairs.queries import LineRow
from mingtian.pairs.rules import (
    CHOSEN,
    LONGEST_GOAL,
    LONGEST_NOTE,
    MOST_RHYTHM,
    USUAL_RHYTHM,
    Ending,
    Happened,
    Kind,
    Way,
)
from mingtian.pairs.words import AREA_WORDS, ENDING_WORDS, KIND_WORDS, WAY_WORDS
from mingtian.web.fields import DayInput


def _day(**said: Any) -> forms.DateField:
    return forms.DateField(
        widget=DayInput(),
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day.")}, **said,
    )  # fmt: skip


def _rhythm() -> forms.IntegerField:
    attrs = {"min": 1, "max": MOST_RHYTHM, "inputmode": "numeric"}
    return forms.IntegerField(
        label=_("A visit every so many days"), initial=USUAL_RHYTHM,
        widget=forms.NumberInput(attrs=attrs),
        error_messages={
            "required": _("Say every how many days."),
            "invalid": _("Write the number of days in figures."),
        },
    )  # fmt: skip


def _until() -> forms.DateField:
    return _day(label=_("Last day, if agreed"), required=False)


class GoalsForm(forms.Form):
    """A goal in each of the four areas; empty: none."""

    def __init__(self, *args: Any, held: Mapping[Area, str] | None = None, **said: Any) -> None:
        super().__init__(*args, **said)
        for area in Area:
            self.fields[f"goal_{area.value}"] = forms.CharField(
                label=str(AREA_WORDS[area]), required=False, max_length=LONGEST_GOAL * 4,
                initial=(held or {}).get(area, ""), widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    @property
    def goals(self) -> dict[Area, str]:
        return {area: self.cleaned_data[f"goal_{area.value}"] for area in Area}


class RhythmForm(forms.Form):
    """How often, and until when."""

    rhythm = _rhythm()
    until = _until()


class HelperField(forms.TypedChoiceField):
    """A helper of the child's line; whoever is not vetted stands apart and is refused in words."""

    def __init__(self, rows: Sequence[LineRow], *, empty: Any = None, **said: Any) -> None:
        groups = {_("Vetted"): True, _("Not vetted, or no longer"): False}
        chosen = [
            (word, [(row.user_id, f"{row.name} · {row.unit}") for row in rows if row.is_vetted is vetted])
            for word, vetted in groups.items()
        ]  # fmt: skip
        first = ("", empty or _("Choose one"))
        super().__init__(
            choices=[first, *(group for group in chosen if group[1])], coerce=int, empty_value=None,
            error_messages={
                "required": _("Choose a helper."), "invalid_choice": _("Choose from the list."),
            },
            **said,
        )  # fmt: skip


class StartForm(RhythmForm):
    """A new pair."""

    def __init__(self, *args: Any, rows: Sequence[LineRow], **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["helper"] = HelperField(rows, label=_("Who helps"))
        self.fields["beside"] = HelperField(
            rows, label=_("Who helps beside"), required=False, empty=_("No second helper")
        )
        self.order_fields(["helper", "beside", "rhythm", "until"])


class HandOverForm(forms.Form):
    """Who goes on, and what is handed over."""

    words = forms.CharField(
        label=_("What the successor should know"), required=False, max_length=LONGEST_NOTE * 4,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    notes = forms.BooleanField(
        label=_("The successor may read the visit notes of before"), required=False
    )

    def __init__(self, *args: Any, rows: Sequence[LineRow], words: bool, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["helper"] = HelperField(rows, label=_("Who goes on"))
        if not words:
            del self.fields["words"]
        self.order_fields(["helper"])


class BesideForm(forms.Form):
    """Who helps beside the first."""

    def __init__(self, *args: Any, rows: Sequence[LineRow], **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["helper"] = HelperField(
            rows, label=_("Who helps beside"), required=False, empty=_("No second helper")
        )


class EndForm(forms.Form):
    """Why a pair ends."""

    why = forms.TypedChoiceField(
        label=_("Why"), coerce=Ending, choices=[(one.value, ENDING_WORDS[one]) for one in CHOSEN],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why."), "invalid_choice": _("Choose why.")},
    )  # fmt: skip


class VetForm(forms.Form):
    """That somebody was checked."""

    kind = forms.TypedChoiceField(
        label=_("Who helps"), coerce=Kind, choices=[(one.value, KIND_WORDS[one]) for one in Kind],
        widget=forms.RadioSelect, initial=Kind.FIVE_OLD.value,
        error_messages={"required": _("Choose who."), "invalid_choice": _("Choose who.")},
    )  # fmt: skip
    checked_on = _day(label=_("Checked on"))


class VisitForm(forms.Form):
    """A visit as the phone sends it. The same fields make the page that works without a network."""

    own = forms.UUIDField()
    pair = forms.CharField(max_length=12)
    began = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
    way = forms.TypedChoiceField(coerce=Way, choices=[(one.value, WAY_WORDS[one]) for one in Way])
    made = forms.ChoiceField(choices=[("yes", _("It was made")), ("no", _("Nobody was met"))])
    minutes = forms.IntegerField(required=False, min_value=0, max_value=32_000)
    areas = forms.TypedMultipleChoiceField(
        coerce=Area, required=False, choices=[(one.value, AREA_WORDS[one]) for one in Area]
    )
    note = forms.CharField(required=False, max_length=LONGEST_NOTE * 4)
    wrong = forms.BooleanField(required=False)

    @property
    def happened(self) -> Happened:
        sent = self.cleaned_data
        # A clock without seconds: a visit noted in this very minute has begun.
        began = sent["began"].replace(tzinfo=SHANGHAI, microsecond=0)
        return Happened(
            began_at=began - timedelta(seconds=began.second), minutes=sent["minutes"] or 0,
            way=sent["way"], made=sent["made"] == "yes",
        )  # fmt: skip
