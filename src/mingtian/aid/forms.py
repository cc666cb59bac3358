"""What people type about aid."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from mingtian.aid.rules import (
    Level,
    Per,
    Receiver,
    ReturnReason,
    SchemeKind,
    SendBackReason,
    Term,
    term_of,
)
from mingtian.aid.words import KINDS, LEVELS, PERS, RECEIVERS, RETURNS, SEND_BACKS, term_name
from mingtian.web.fields import DayInput, YuanField

Choices = Iterable[tuple[str, str]]


def terms_around(today: date) -> list[Term]:
    """Return the terms that may be entered, the present first."""
    now = term_of(today)
    return [now, now.before, now.before.before, now.next]


class ListForm(forms.Form):
    """A school's file and what it is for."""

    unit = forms.ChoiceField()
    fund = forms.ChoiceField()
    scheme = forms.ChoiceField()
    term = forms.ChoiceField()
    file = forms.FileField(
        error_messages={"required": _("Choose a file."), "empty": _("The file holds nothing.")}
    )

    applications = forms.BooleanField(
        error_messages={"required": _("Collect the families' signed applications first.")}
    )

    def __init__(
        self, *args: object, units: Choices, funds: Choices, schemes: Choices, today: date
    ) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        terms = [(term.code, term_name(term)) for term in terms_around(today)]
        for name, choices in (("unit", units), ("fund", funds), ("scheme", schemes),
                              ("term", terms)):  # fmt: skip
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)


class CheckForm(forms.Form):
    """A count and a total that somebody wrote, with scheme and term."""

    scheme = forms.ChoiceField()
    term = forms.ChoiceField()
    count = forms.IntegerField(
        error_messages={
            "required": _("Enter how many lines there are."),
            "invalid": _("Enter a whole number."),
        }
    )
    total = YuanField(error_messages={"required": _("Enter the total.")})

    def __init__(self, data: object, *, schemes: Choices, today: date) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        first = term_of(today).next
        terms = [first]
        while len(terms) < 12:
            terms.append(terms[-1].before)
        scheme, term = self.fields["scheme"], self.fields["term"]
        assert isinstance(scheme, forms.ChoiceField)
        assert isinstance(term, forms.ChoiceField)
        scheme.choices = list(schemes)
        term.choices = [(each.code, term_name(each)) for each in terms]


class FundForm(forms.Form):
    """A fund to be opened."""

    unit = forms.ChoiceField()
    name = forms.CharField(max_length=60, error_messages={"required": _("Enter a name.")})
    name_en = forms.CharField(max_length=60, required=False)
    office_limit = YuanField(error_messages={"required": _("Enter an amount.")})

    def __init__(self, *args: object, units: Choices) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(units)


class SchemeForm(forms.Form):
    """A scheme to be added."""

    unit = forms.ChoiceField()
    name = forms.CharField(max_length=60, error_messages={"required": _("Enter a name.")})
    name_en = forms.CharField(max_length=60, required=False)
    kind = forms.ChoiceField(choices=[(kind.value, KINDS[kind]) for kind in SchemeKind])
    published = forms.BooleanField(required=False)

    def __init__(self, *args: object, units: Choices) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(units)


class RateForm(forms.Form):
    """A rate with the day from which it holds."""

    level = forms.ChoiceField(choices=[(level.value, LEVELS[level]) for level in Level])
    boarding = forms.ChoiceField(
        choices=[("", _("both")), ("yes", _("boarders")), ("no", _("children who live at home"))],
        required=False,
    )
    per = forms.ChoiceField(choices=[(per.value, PERS[per]) for per in Per])
    amount = YuanField(error_messages={"required": _("Enter an amount.")})
    valid_from = forms.DateField(
        widget=DayInput(),
        error_messages={"required": _("Enter a day."), "invalid": _("Enter a day.")},
    )

    @property
    def boards(self) -> bool | None:
        """Whether the rate is for boarders; None for both."""
        return {"yes": True, "no": False}.get(self.cleaned_data["boarding"])


class DepositForm(forms.Form):
    """Money that has come into a fund."""

    amount = YuanField(error_messages={"required": _("Enter an amount.")})
    receipt = forms.CharField(
        max_length=40, error_messages={"required": _("Enter the number of the receipt.")}
    )


class LimitForm(forms.Form):
    """Up to which amount the office decides, and from which day on."""

    limit = YuanField(error_messages={"required": _("Enter an amount.")})
    valid_from = forms.DateField(
        widget=DayInput(),
        error_messages={"required": _("Enter a day."), "invalid": _("Enter a day.")},
    )


class ReceiptForm(forms.Form):
    """When the money came, and who said so."""

    on = forms.DateField(
        widget=DayInput(),
        error_messages={"required": _("Enter a day."), "invalid": _("Enter a day.")},
    )
    who = forms.ChoiceField(choices=[(one.value, RECEIVERS[one]) for one in Receiver])


class ReturnForm(forms.Form):
    """Why money came back."""

    reason = forms.ChoiceField(choices=[(one.value, RETURNS[one]) for one in ReturnReason])


class SendBackForm(forms.Form):
    """Why a list goes back."""

    reason = forms.ChoiceField(
        choices=[
            (one.value, SEND_BACKS[one])
            for one in SendBackReason
            if one is not SendBackReason.BY_ENTRANT
        ]
    )


class FileForm(forms.Form):
    """The password again, before every payee of a batch is opened."""

    password = forms.CharField(
        strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password.")},
    )  # fmt: skip
