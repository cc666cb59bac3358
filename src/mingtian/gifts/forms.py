"""What people type about gifts."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.core.ids import CROCKFORD, public_id
from mingtian.gifts.actions import DonorSpec, MoneySpec
from mingtian.gifts.rules import (
    LONGEST_NOTE,
    DonorKind,
    HandUndoReason,
    LossReason,
    Measure,
    MoveKind,
    NotGivenReason,
    Quantity,
    SignWay,
    Thing,
    UndoReason,
)
from mingtian.gifts.words import (
    DONOR_KINDS,
    HAND_UNDOS,
    LOSSES,
    MEASURES,
    MOVES,
    NOT_GIVENS,
    TAGS,
    THINGS,
    UNDOS,
    WAYS,
    Words,
)
from mingtian.web.fields import DayInput, YuanField

Choices = Iterable[tuple[str, str | Promise]]
FieldT = TypeVar("FieldT", bound=forms.Field)
REQUIRED = {"required": _("Fill this in.")}
LINES = 5
"""So many lines a page offers for items."""


def words(said: Words, *, empty: bool = False) -> list[tuple[str, str | Promise]]:
    """Return the choices of an enum in words; with ``empty`` none may be chosen."""
    return [*([("", "–")] if empty else []), *((str(key), word) for key, word in said.items())]


def sometimes(field: FieldT) -> FieldT:
    """Return a field that something else on the page decides about: it does not say that it may stay empty."""
    setattr(field, "sometimes", True)  # noqa: B010 - read by the house's field component
    return field


class ChoosingForm(forms.Form):
    """A form whose choices come from what the reader reaches."""

    def __init__(
        self, *args: object, initial: dict[str, object] | None = None, **choices: Choices
    ) -> None:
        super().__init__(*args, initial=initial)  # type: ignore[arg-type, misc]
        for name, offered in choices.items():
            for field in self.fields_of(name):
                field.choices = list(offered)

    def fields_of(self, name: str) -> Iterator[forms.ChoiceField]:
        """Yield the field of that name, or those numbered after it."""
        for key, field in self.fields.items():
            if key.rstrip("0123456789") == name and isinstance(field, forms.ChoiceField):
                yield field


class KeyField(forms.RegexField):
    """The hidden number under which what is sent is recorded once."""

    def __init__(self) -> None:
        super().__init__(rf"^[{CROCKFORD}]{{12}}$", widget=forms.HiddenInput, initial=public_id)


class LinesForm(ChoosingForm):
    """A form with lines of items and numbers."""

    with_value = False
    offers = LINES

    def __init__(
        self, *args: object, initial: dict[str, object] | None = None, **choices: Choices
    ) -> None:
        super().__init__(*args, initial=initial)
        for number in range(1, self.offers + 1):
            self.fields[f"item{number}"] = sometimes(
                forms.ChoiceField(label=_("Item"), required=False)
            )
            self.fields[f"quantity{number}"] = sometimes(
                forms.IntegerField(
                    label=_("How many"), required=False, min_value=1,
                    widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                )
            )  # fmt: skip
            if self.with_value:
                self.fields[f"value{number}"] = sometimes(
                    YuanField(label=_("Worth, estimated, yuan"), required=False, max_length=15)
                )
        for name, offered in choices.items():
            for field in self.fields_of(name):
                field.choices = [("", "–"), *offered] if name == "item" else list(offered)

    @property
    def lines(self) -> list[list[BoundField]]:
        """The fields of each line, for the page."""
        parts = ("item", "quantity", "value") if self.with_value else ("item", "quantity")
        return [[self[f"{part}{number}"] for part in parts] for number in range(1, self.offers + 1)]

    @property
    def others(self) -> list[BoundField]:
        """The fields above the lines."""
        return [field for field in self.visible_fields() if not field.name[-1].isdigit()]

    def quantities(self) -> list[Quantity]:
        """Return the lines that were filled in; one half filled in counts as none of a thing."""
        sent = self.cleaned_data
        return [
            Quantity(
                item=sent[f"item{n}"], quantity=sent.get(f"quantity{n}") or 0,
                value=sent.get(f"value{n}"),
            )
            for n in range(1, self.offers + 1)
            if sent.get(f"item{n}")
        ]  # fmt: skip


class GivenForm(LinesForm):
    """Who gave, when, for which occasion; below, what."""

    key = KeyField()
    unit = forms.ChoiceField(label=_("Place"))
    donor = sometimes(forms.ChoiceField(label=_("Donor"), required=False))
    donor_name = sometimes(
        forms.CharField(label=_("New donor's name"), max_length=60, required=False)
    )
    donor_kind = forms.ChoiceField(label=_("New donor is a"), choices=words(DONOR_KINDS))
    donor_contact = forms.CharField(
        label=_("How to reach the new donor"), max_length=80, required=False
    )
    unnamed = forms.BooleanField(label=_("The new donor stays unnamed"), required=False)
    tag = forms.ChoiceField(label=_("Occasion"), choices=words(TAGS))
    drive = forms.ChoiceField(label=_("Drive"), required=False)
    received_on = forms.DateField(
        label=_("Received on"), widget=DayInput(), error_messages=REQUIRED
    )

    def new_donor(self) -> DonorSpec:
        """Return the new donor that was typed."""
        sent = self.cleaned_data
        return DonorSpec(
            kind=DonorKind(sent["donor_kind"]), name=sent["donor_name"],
            contact=sent["donor_contact"], unnamed=sent["unnamed"],
        )  # fmt: skip

    def money(self) -> MoneySpec | None:
        return None


class GoodsForm(GivenForm):
    with_value = True


class MoneyForm(GivenForm):
    """Money, with the receipt of whoever took it."""

    offers = 0

    amount = YuanField(label=_("Amount in yuan"), max_length=15, error_messages=REQUIRED)
    receiver = forms.CharField(
        label=_("Who received the money"), max_length=60, error_messages=REQUIRED
    )
    receipt = forms.CharField(label=_("Receipt number"), max_length=40, error_messages=REQUIRED)
    receipt_on = forms.DateField(
        label=_("Day of the receipt"), widget=DayInput(), error_messages=REQUIRED
    )

    def money(self) -> MoneySpec:
        sent = self.cleaned_data
        return MoneySpec(
            amount=sent["amount"], receiver=sent["receiver"], receipt=sent["receipt"],
            receipt_on=sent["receipt_on"],
        )  # fmt: skip


class UndoForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why"), choices=words(UNDOS))

    def said(self) -> UndoReason:
        return UndoReason(self.cleaned_data["reason"])


class ItemForm(ChoosingForm):
    county = forms.ChoiceField(label=_("County"))
    name = forms.CharField(label=_("What it is called"), max_length=30, error_messages=REQUIRED)
    name_en = forms.CharField(label=_("English name"), max_length=40, required=False)
    measure = forms.ChoiceField(
        label=_("Counted in"), choices=[(each.value, MEASURES[each]) for each in Measure]
    )


class MoveForm(ChoosingForm):
    key = KeyField()
    kind = forms.ChoiceField(
        label=_("What happens"), choices=[(each.value, MOVES[each]) for each in MoveKind]
    )
    unit = forms.ChoiceField(label=_("Place"))
    item = forms.ChoiceField(label=_("Item"))
    quantity = forms.IntegerField(
        label=_("How many"), min_value=0, error_messages=REQUIRED,
        help_text=_("When counting: how many are really there."),
    )  # fmt: skip
    to_unit = sometimes(
        forms.ChoiceField(label=_("To which place, when taken elsewhere"), required=False)
    )
    reason = sometimes(
        forms.ChoiceField(
            label=_("Why, when lost"), required=False, choices=words(LOSSES, empty=True)
        )
    )

    def stay_here(self) -> None:
        """Offer no other place: whoever has one place alone can take nothing elsewhere."""
        del self.fields["to_unit"]
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [
            (each.value, MOVES[each]) for each in MoveKind if each is not MoveKind.TRANSFER
        ]

    def lost_for(self) -> LossReason | None:
        said = self.cleaned_data["reason"]
        return LossReason(said) if said else None


class DriveForm(ChoosingForm):
    """A drive. There is no field for how much anybody is to give, and there will be none."""

    unit = forms.ChoiceField(label=_("Place"))
    title = forms.CharField(label=_("Title"), max_length=60, error_messages=REQUIRED)
    plan = forms.CharField(
        label=_("Plan"), max_length=600, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=REQUIRED,
        help_text=_("What the gifts are for and how people can give. No amounts and no targets."),
    )  # fmt: skip
    tag = forms.ChoiceField(label=_("Occasion"), choices=words(TAGS))
    starts_on = forms.DateField(label=_("From"), widget=DayInput(), error_messages=REQUIRED)
    ends_on = forms.DateField(label=_("Until"), widget=DayInput(), error_messages=REQUIRED)
    partner = forms.ChoiceField(label=_("With which licensed partner"), required=False)


class PartnerForm(ChoosingForm):
    county = forms.ChoiceField(label=_("County"))
    name = forms.CharField(label=_("Partner's name"), max_length=60, error_messages=REQUIRED)
    licence = forms.CharField(
        label=_("Number of the licence for public fundraising"), max_length=40, required=False
    )
    valid_until = forms.DateField(label=_("Valid until"), widget=DayInput(), required=False)


class RoundForm(ChoosingForm):
    unit = forms.ChoiceField(label=_("Place"))
    title = forms.CharField(label=_("Title"), max_length=40, error_messages=REQUIRED)
    tag = forms.ChoiceField(label=_("Occasion"), choices=words(TAGS))
    goes_on = forms.DateField(label=_("Day"), widget=DayInput(), error_messages=REQUIRED)


class PlanForm(LinesForm):
    child = forms.CharField(
        label=_("Child's number"), max_length=12, error_messages=REQUIRED,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class HandForm(forms.Form):
    way = forms.ChoiceField(label=_("How it is confirmed"), choices=words(WAYS))
    signer = sometimes(
        forms.CharField(
            label=_("Who signed, where somebody did"), max_length=30, required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
    )  # fmt: skip

    def said(self) -> SignWay:
        return SignWay(self.cleaned_data["way"])


class NotGivenForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why"), choices=words(NOT_GIVENS))

    def said(self) -> NotGivenReason:
        return NotGivenReason(self.cleaned_data["reason"])


class HandUndoForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why"), choices=words(HAND_UNDOS))

    def said(self) -> HandUndoReason:
        return HandUndoReason(self.cleaned_data["reason"])


class NeedForm(forms.Form):
    child = forms.CharField(
        label=_("Child's number"), max_length=12, error_messages=REQUIRED,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    thing = forms.ChoiceField(label=_("What is needed"), choices=words(THINGS))
    size = forms.CharField(
        label=_("Size on the label"),
        max_length=5,
        required=False,
        help_text=_("For example 140, 36 or XL."),
    )
    note = forms.CharField(
        label=_("What it should be like"), max_length=LONGEST_NOTE, required=False,
        help_text=_("Only about the thing. Nothing about the child, the family or the place."),
    )  # fmt: skip

    def said(self) -> Thing:
        return Thing(self.cleaned_data["thing"])
