"""Fields that many forms have: days and amounts."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mingtian.core.money import parse_yuan


class DayInput(forms.DateInput):
    """A day, picked or typed; browsers send and read it as YYYY-MM-DD in every language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class YuanField(forms.CharField):
    """An amount in yuan; cleaned to whole fen, or None where it may stay empty."""

    def clean(self, value: object) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        if (fen := parse_yuan(text)) is None:
            raise ValidationError(_("Enter an amount in yuan, as 1250 or 312.50."))
        return fen
