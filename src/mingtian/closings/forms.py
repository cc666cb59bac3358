"""What people type about a day."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mingtian.closings.pages import REASON_WORDS
from mingtian.closings.rules import MOST_TEXT, Column
from mingtian.people.queries.words import KIND_WORDS

COLUMN_WORDS = {Column.ARRIVED: _("Arrived"), Column.COMPLETED: _("Watched to the end")}


class CorrectionForm(forms.Form):
    """A number set right, with its reason."""

    kind = forms.TypedChoiceField(
        coerce=int,
        choices=[(kind, word) for kind, word in KIND_WORDS.items()],
        error_messages={"required": _("Choose whom it is about.")},
    )
    column = forms.ChoiceField(
        choices=[(column.value, word) for column, word in COLUMN_WORDS.items()],
        error_messages={"required": _("Choose which number.")},
    )
    new = forms.IntegerField(
        error_messages={
            "required": _("Enter the right number."),
            "invalid": _("Enter a whole number."),
        }
    )
    reason = forms.ChoiceField(
        choices=[
            ("", _("Choose a reason")),
            *((one.value, word) for one, word in REASON_WORDS.items()),
        ],
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("A correction needs its reason. Choose one.")
        ),
    )
    note = forms.CharField(required=False, max_length=MOST_TEXT * 2, strip=True)
