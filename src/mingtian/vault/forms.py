"""What people type about requests and the log."""

from datetime import date

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from mingtian.vault.rules import MOST_DAYS, MOST_REASON, USUAL_DAYS, Basis
from mingtian.vault.words import BASIS_WORDS
from mingtian.web.fields import DayInput

FIRST_DAY = date(2000, 1, 1)
"""No reading is older; days far before it could not be reckoned back from."""

ASKED_BASES = [
    (one.value, BASIS_WORDS[one]) for one in (Basis.GUARDIAN, Basis.CHILD, Basis.MISTAKE)
]


def _reason() -> forms.CharField:
    # The rule counts; the form lets more pass, so that nothing typed is cut off unseen.
    return forms.CharField(
        max_length=MOST_REASON * 4, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what for.")},
    )  # fmt: skip


def _day() -> forms.DateField:
    return forms.DateField(
        required=False, validators=[MinValueValidator(FIRST_DAY, _("Choose a day."))],
        widget=DayInput(),
        error_messages={"invalid": _("Choose a day.")},
    )  # fmt: skip


class ReadForm(forms.Form):
    """Asking to read a file."""

    reason = _reason()
    days = forms.IntegerField(
        initial=USUAL_DAYS,
        error_messages={
            "required": _("Say for how many days."),
            "invalid": _("Write the number of days in figures."),
        },
        widget=forms.NumberInput(attrs={"min": 1, "max": MOST_DAYS, "inputmode": "numeric"}),
    )


class GlassForm(forms.Form):
    """Opening a file in an emergency."""

    reason = _reason()


class EraseForm(forms.Form):
    """Asking to erase a child."""

    basis = forms.ChoiceField(
        choices=ASKED_BASES, widget=forms.RadioSelect,
        error_messages={"required": _("Choose why."), "invalid_choice": _("Choose why.")},
    )  # fmt: skip
    reason = _reason()


class LogForm(forms.Form):
    """Which readings to show. What is not understood is left out."""

    first = _day()
    last = _day()
    child = forms.CharField(required=False, max_length=12)
    who = forms.CharField(required=False, max_length=150)
