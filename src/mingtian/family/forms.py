"""What a family may fill in."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingtian.people.rules import LONGEST_NUMBER, GivenBy, Kin, PersonKind

LONGEST_QUESTION = 300


class AskForm(forms.Form):
    """A question about one evening, in the family's own words."""

    text = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what should be looked at.")},
    )


class KinForm(forms.Form):
    """The right kin of a relative."""

    kin = forms.ChoiceField(choices=[(kin.value, kin.value) for kin in Kin])


class AgreeForm(forms.Form):
    """Who agrees for the home anew: for children a guardian or the pupil of 14, else oneself."""

    by = forms.ChoiceField(
        choices=[
            (GivenBy.GUARDIAN.value, _("I, a parent or guardian")),
            (GivenBy.PUPIL.value, _("I, the pupil, 14 or older")),
        ],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Say who agrees.")),
    )

    def __init__(self, *args: Any, kinds: Collection[PersonKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks = PersonKind.PUPIL in kinds
        self.fields["by"].required = self.asks

    @property
    def giver(self) -> GivenBy:
        """Who agreed, once the form is valid."""
        return GivenBy(self.cleaned_data["by"]) if self.asks else GivenBy.SELF


class NumberForm(forms.Form):
    """The roster number of a child, asked for once more; nothing where nobody has one."""

    number = forms.CharField(
        label=_("Roster number of a child of this home"),
        max_length=LONGEST_NUMBER,
        error_messages={"required": _("Fill in the number.")},
    )

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].required = asks
