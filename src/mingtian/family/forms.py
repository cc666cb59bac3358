"""What a family may fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_QUESTION = 300


class AskForm(forms.Form):
    """A question about one evening, in the family's own words."""

    text = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what should be looked at.")},
    )
