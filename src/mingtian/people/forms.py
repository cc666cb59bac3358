"""Checks what is sent on the roster page; the file itself is checked by the action."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from mingtian.people.rosters.plan import Options


class RosterForm(forms.Form):
    """A file, the unit below which it is imported, and two choices."""

    under = forms.ChoiceField()
    file = forms.FileField(
        error_messages={"required": _("Choose a file."), "empty": _("The file holds nothing.")}
    )
    create_missing = forms.BooleanField(required=False)
    mark_absent = forms.BooleanField(required=False)

    def __init__(self, *args: object, units: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["under"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = units

    def options(self) -> Options:
        """Return the two choices of a form that was found right."""
        return Options(
            create_missing=self.cleaned_data["create_missing"],
            mark_absent=self.cleaned_data["mark_absent"],
        )
