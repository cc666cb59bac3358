"""Checks what is typed on the pages of certificates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingtian.certificates.rules import Demand, Refusal, tidy_serial
from mingtian.certificates.sentences import SENTENCES


class RuleForm(forms.Form):
    """What one kind of person has to do."""

    evenings = forms.IntegerField(label=_("Evenings signed, at least"), min_value=0, max_value=99)
    slots = forms.IntegerField(label=_("Slots watched, at least"), min_value=0, max_value=9999)
    completed = forms.IntegerField(
        label=_("Evenings completed, at least"), min_value=0, max_value=99
    )
    replay_counts = forms.BooleanField(label=_("Replays count too"), required=False)
    by_hand_counts = forms.BooleanField(
        label=_("Evenings noted by the class teacher count"), required=False
    )
    reason = forms.CharField(label=_("Why it changes"), max_length=200, required=False)

    def __init__(self, *args: Any, late: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        reason.required = late
        reason.error_messages["required"] = str(SENTENCES[Refusal.REASON_MISSING])

    def demand(self) -> Demand:
        """Return what was typed in a form that was found right."""
        typed: dict[str, Any] = self.cleaned_data
        return Demand(
            evenings=typed["evenings"],
            slots=typed["slots"],
            completed=typed["completed"],
            replay_counts=typed["replay_counts"],
            by_hand_counts=typed["by_hand_counts"],
        )


class TakeBackForm(forms.Form):
    """One certificate, by the number on its paper."""

    number = forms.CharField(label=_("Number on the certificate"), max_length=60)

    def serial(self) -> str:
        """Return the serial that was meant."""
        return tidy_serial(str(self.cleaned_data["number"]))


def rule_typed(demand: Demand) -> dict[str, object]:
    """Return a rule as it would have been typed."""
    return {
        "evenings": demand.evenings,
        "slots": demand.slots,
        "completed": demand.completed,
        "replay_counts": demand.replay_counts,
        "by_hand_counts": demand.by_hand_counts,
    }
