"""What people type about bulletins and comparison."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mingtian.bulletins.rules import MOST_REASON
from mingtian.bulletins.switching import GROUNDS
from mingtian.bulletins.words import AGAIN_WORDS, GROUND_WORDS


class AgainForm(forms.Form):
    """Why a second one of the day is to be written."""

    reason = forms.ChoiceField(
        error_messages={"required": _("Choose a reason.")},
        choices=[
            ("", _("Choose a reason")),
            *((each.value, word) for each, word in AGAIN_WORDS.items()),
        ],
    )
    words = forms.CharField(
        max_length=MOST_REASON * 2, error_messages={"required": _("Say it in a few words.")}
    )


class SwitchForm(forms.Form):
    """Why comparison is switched on, or off."""

    ground = forms.ChoiceField(error_messages={"required": _("Choose a reason.")})
    words = forms.CharField(
        max_length=MOST_REASON * 2, error_messages={"required": _("Say it in a few words.")}
    )

    def __init__(self, *args: object, on: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        grounds = [(each.value, GROUND_WORDS[each]) for each in GROUNDS[on]]
        self.fields["ground"].choices = [("", _("Choose a reason")), *grounds]  # type: ignore[attr-defined]
