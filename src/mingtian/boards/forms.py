"""Checks what a class teacher sends; what may be true is decided by the actions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mingtian.attendance.rules import How
from mingtian.people.queries.words import EXEMPT_WORDS
from mingtian.web.fields import DayInput

CHOOSE = {"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")}
HOWS = [
    (How.TELEPHONE.value, _("Listened by telephone")),
    (How.PAPER.value, _("Read it on paper")),
    (How.IN_CLASS.value, _("Watched in class")),
    (How.OTHER_SCREEN.value, _("Watched on another screen")),
]
REASONS = [(reason.value, word) for reason, word in EXEMPT_WORDS.items()]


class NoteForm(forms.Form):
    """How somebody took part without a phone of the own."""

    how = forms.ChoiceField(choices=HOWS, widget=forms.RadioSelect, error_messages=CHOOSE)


class ExemptionForm(forms.Form):
    """The coded reason of an exemption and the day on which the class looks again."""

    reason = forms.ChoiceField(choices=REASONS, widget=forms.RadioSelect, error_messages=CHOOSE)
    review_on = forms.DateField(
        widget=DayInput(),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("Write the day as year, month, day: 2026-03-01."),
        },
    )


class HeadsForm(forms.Form):
    """How many are in the room."""

    heads = forms.IntegerField(
        error_messages={"required": _("Write a number."), "invalid": _("Write a number.")}
    )


class AnswerForm(forms.Form):
    """What the class teacher says to a family's question."""

    answer = forms.CharField(required=False, strip=True)
    decision = forms.ChoiceField(choices=[("granted", ""), ("declined", "")], error_messages=CHOOSE)
    how = forms.ChoiceField(choices=HOWS, required=False, initial=How.OTHER_SCREEN.value)
