"""What an office types about its year: a figure as a report printed it."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from mingtian.core.figures import Bound
from mingtian.core.money import parse_yuan
from mingtian.yearbook.rows import PrintedRow
from mingtian.yearbook.rules import MONEY, Measure, OfRules

Choices = Iterable[tuple[str, str]]
REQUIRED = {"required": _("Fill this in.")}
BOUNDS = [
    (Bound.EXACT.value, _("exactly")),
    (Bound.MORE_THAN.value, _("more than")),
    (Bound.ABOUT.value, _("about")),
]


class PrintedForm(forms.Form):
    number = forms.ChoiceField(label=_("Which number"))
    place = forms.ChoiceField(label=_("Of which place"))
    bound = forms.ChoiceField(label=_("It says"), choices=BOUNDS)
    value = forms.CharField(
        label=_("The printed number"), max_length=20, error_messages=REQUIRED,
        help_text=_("Money in yuan."), widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Where it was printed"), max_length=120, error_messages=REQUIRED,
        help_text=_("Report, day and part."),
    )  # fmt: skip

    def __init__(self, *args: object, numbers: Choices, places: Choices) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.fields["number"].choices = list(numbers)  # type: ignore[attr-defined]
        self.fields["place"].choices = list(places)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        sent = super().clean() or {}
        if "value" in sent and "number" in sent:
            fen = parse_yuan(str(sent["value"]))
            if fen is None or (not self._is_money() and fen % 100):
                self.add_error("value", _("Enter a number, as 10,000."))
            else:
                sent["value"] = fen if self._is_money() else fen // 100
        return sent

    def row(self, places: dict[str, int | None]) -> PrintedRow:
        """Return what was typed; ``places`` are the keys of the offered places."""
        sent = self.cleaned_data
        measure, _colon, word = sent["number"].partition(":")
        return PrintedRow(
            place=places[sent["place"]],
            measure=OfRules(measure) if measure in set(OfRules) else Measure(measure), word=word,
            bound=Bound(sent["bound"]), value=sent["value"], source=sent["source"],
        )  # fmt: skip

    def _is_money(self) -> bool:
        return str(self.cleaned_data["number"]).partition(":")[0] in set(MONEY)
