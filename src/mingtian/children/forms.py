"""Checks the shape of what is typed about children; the rules say what it may be."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.children import words
from mingtian.children.actions import ConsentSpec, Correction
from mingtian.children.queries.parts import FarRow
from mingtian.children.rules import (
    DEFINITIONS,
    Basis,
    Category,
    Closing,
    ConsentPurpose,
    Despite,
    GuardianKin,
    Party,
    Sex,
    Way,
    Whereabouts,
)
from mingtian.children.spec import CategorySpec, ChildSpec, Facts, GuardianSpec, Home
from mingtian.children.tokens import Sought
from mingtian.web.fields import DayInput

AID = ConsentPurpose.AID

# Longer than the rules allow, so that the rule refuses and says by how much.
LONG = 500


def choices(said: Mapping[StrEnum, str | Promise]) -> list[tuple[str, str | Promise]]:
    """Return words as a form offers them."""
    return [(one.value, word) for one, word in said.items()]


def unchosen(said: Mapping[StrEnum, str | Promise]) -> list[tuple[str, str | Promise]]:
    """Return words as a form offers them where nothing is to be kept that nobody chose."""
    return [("", "–"), *choices(said)]


KIN_MISSING = _("Say what the guardian is to the child.")


class ClosingForm(forms.Form):
    """Why a file is closed."""

    why = forms.ChoiceField(
        label=_("Why is the file closed?"), choices=choices(words.CLOSING_WORDS),  # type: ignore[arg-type]
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )  # fmt: skip

    def said(self) -> Closing:
        """Return the reason."""
        return Closing(self.cleaned_data["why"])


class LookForm(forms.Form):
    """What is looked for."""

    text = forms.CharField(label=_("Name"), required=False, max_length=LONG)
    birth_year = forms.IntegerField(
        label=_("Year of birth"), required=False, min_value=1900, max_value=2200
    )
    phone = forms.CharField(label=_("A guardian's telephone"), required=False, max_length=LONG)
    unit = forms.ChoiceField(label=_("Where you register"))

    def __init__(self, *sent: object, units: Sequence[tuple[str, str]]) -> None:
        super().__init__(*sent)  # type: ignore[arg-type]
        self.fields["unit"] = forms.ChoiceField(label=_("Where you register"), choices=units)

    def sought(self) -> Sought:
        """Return what is looked for."""
        sent = self.cleaned_data
        return Sought(text=sent["text"], birth_year=sent["birth_year"], phone=sent["phone"])


class WhoForm(forms.Form):
    """Who a child is."""

    name = forms.CharField(
        label=_("Name"), max_length=LONG, error_messages={"required": _("Enter the child's name.")}
    )
    birth_year = forms.IntegerField(
        label=_("Year of birth"), min_value=1900, max_value=2200,
        error_messages={"required": _("Enter the year of birth, as 2014.")},
    )  # fmt: skip
    born_on = forms.DateField(label=_("Date of birth"), required=False, widget=DayInput())
    sex = forms.ChoiceField(label=_("Sex"), choices=choices(words.SEX_WORDS), initial=Sex.UNSAID)  # type: ignore[arg-type]
    ethnicity = forms.CharField(label=_("Ethnic group"), required=False, max_length=LONG)
    grade = forms.CharField(label=_("Grade"), required=False, max_length=LONG)
    boarding = forms.ChoiceField(
        label=_("Boards at school"), required=False,
        choices=[("", _("not said")), ("yes", _("yes")), ("no", _("no"))],
    )  # fmt: skip
    address = forms.CharField(label=_("Address"), required=False, max_length=LONG)
    father = forms.ChoiceField(
        label=_("The father is"),
        initial=Whereabouts.UNKNOWN,
        choices=choices(words.WHEREABOUTS_WORDS),  # type: ignore[arg-type]
    )
    mother = forms.ChoiceField(
        label=_("The mother is"),
        initial=Whereabouts.UNKNOWN,
        choices=choices(words.WHEREABOUTS_WORDS),  # type: ignore[arg-type]
    )

    def facts(self) -> Facts:
        """Return the class IDENTITY."""
        sent = self.cleaned_data
        return Facts(
            born_on=sent["born_on"], sex=Sex(sent["sex"]), ethnicity=sent["ethnicity"],
            grade=sent["grade"],
            boarding={"yes": True, "no": False}.get(sent["boarding"]),
        )  # fmt: skip

    def home(self) -> Home:
        """Return the class HOME, guardians apart."""
        sent = self.cleaned_data
        return Home(
            address=sent["address"], father=Whereabouts(sent["father"]),
            mother=Whereabouts(sent["mother"]),
        )  # fmt: skip

    def correction(self) -> Correction:
        """Return what is right."""
        sent = self.cleaned_data
        return Correction(
            name=sent["name"], birth_year=sent["birth_year"], facts=self.facts(), home=self.home()
        )


class GuardianForm(forms.Form):
    """Somebody who looks after a child."""

    guardian = forms.CharField(label=_("Guardian's name"), max_length=LONG)
    kin = forms.ChoiceField(
        label=_("What to the child"), choices=unchosen(words.KIN_WORDS),  # type: ignore[arg-type]
        error_messages={"required": KIN_MISSING},
    )  # fmt: skip
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=LONG)

    def said(self) -> GuardianSpec:
        """Return what is said of the guardian."""
        sent = self.cleaned_data
        return GuardianSpec(
            name=sent["guardian"], kin=GuardianKin(sent["kin"]), phone=sent["phone"]
        )


class CategoryForm(forms.Form):
    """A category with the clause by which the child is in it; one choice says both."""

    category = forms.ChoiceField(label=_("Category and reason"))
    starts_on = forms.DateField(label=_("From"), widget=DayInput())

    def __init__(self, *sent: object, **more: object) -> None:
        super().__init__(*sent, **more)  # type: ignore[arg-type]
        groups = [
            (
                words.CATEGORY_WORDS[category],
                [
                    (f"{category.value}:{basis.value}", words.BASIS_WORDS[basis])
                    for basis in one.bases
                ],
            )
            for category, one in DEFINITIONS.items()
        ]
        self.fields["category"] = forms.ChoiceField(
            label=_("Category and reason"), choices=[("", "–"), *groups]
        )

    def said(self) -> CategorySpec:
        """Return the category."""
        category, _colon, basis = self.cleaned_data["category"].partition(":")
        return CategorySpec(
            category=Category(category), basis=Basis(basis),
            starts_on=self.cleaned_data["starts_on"],
        )  # fmt: skip


class StayForm(forms.Form):
    """Of everybody far from a child that has moved: whether the part ends or goes on. Nothing is chosen before."""

    def __init__(self, *sent: object, rows: Sequence[FarRow]) -> None:
        super().__init__(*sent)  # type: ignore[arg-type]
        for row in rows:
            word = words.PART_WORDS[row.part]
            self.fields[row.key] = forms.ChoiceField(
                label=f"{row.who} · {word}", widget=forms.RadioSelect,
                choices=[("ends", _("Ends now")), ("stays", _("Goes on"))],
                error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
            )  # fmt: skip

    def said(self) -> dict[str, bool]:
        """Return whether each goes on, by key."""
        return {key: choice == "stays" for key, choice in self.cleaned_data.items()}


class EndForm(forms.Form):
    """The day from which something does not hold."""

    ends_on = forms.DateField(label=_("Holds no more from"), widget=DayInput())


class ConsentForm(forms.Form):
    """A consent as it was given."""

    purpose = forms.ChoiceField(label=_("What for"), choices=choices(words.PURPOSE_WORDS))  # type: ignore[arg-type]
    party = forms.ChoiceField(label=_("Who agreed"), choices=unchosen(words.PARTY_WORDS))  # type: ignore[arg-type]
    way = forms.ChoiceField(label=_("How"), choices=unchosen(words.WAY_WORDS))  # type: ignore[arg-type]
    given_on = forms.DateField(label=_("Given on"), widget=DayInput())
    told_on = forms.DateField(label=_("Guardian told on"), required=False, widget=DayInput())

    def __init__(self, *sent: object, for_aid: bool = False, **more: object) -> None:
        super().__init__(*sent, **more)  # type: ignore[arg-type]
        if for_aid:
            self.fields["purpose"] = forms.ChoiceField(
                label=_("What for"), choices=choices({AID: words.PURPOSE_WORDS[AID]})
            )

    def said(self) -> ConsentSpec:
        """Return the consent."""
        sent = self.cleaned_data
        return ConsentSpec(
            purpose=ConsentPurpose(sent["purpose"]), party=Party(sent["party"]),
            way=Way(sent["way"]), given_on=sent["given_on"], told_on=sent["told_on"],
        )  # fmt: skip


class MoveForm(forms.Form):
    """Where a child lives and learns from now on."""

    unit = forms.ChoiceField(label=_("Place"))
    school = forms.ChoiceField(label=_("School"), required=False)

    def __init__(
        self, *sent: object, units: Sequence[tuple[str, str]], schools: Sequence[tuple[str, str]],
        **more: object,
    ) -> None:  # fmt: skip
        super().__init__(*sent, **more)  # type: ignore[arg-type]
        self.fields["unit"] = forms.ChoiceField(label=_("Place"), choices=units)
        self.fields["school"] = forms.ChoiceField(
            label=_("School"), required=False, choices=[("", _("none")), *schools]
        )


class PasswordForm(forms.Form):
    """The password again, before the register is taken out."""

    password = forms.CharField(
        strip=False, label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip


class RegisterForm(WhoForm):
    """A child to be registered, with its first guardian and category."""

    guardian = forms.CharField(label=_("Guardian's name"), required=False, max_length=LONG)
    kin = forms.ChoiceField(
        label=_("What to the child"),
        required=False,
        choices=unchosen(words.KIN_WORDS),  # type: ignore[arg-type]
    )
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=LONG)
    category = forms.ChoiceField(label=_("Category and reason"), required=False)
    starts_on = forms.DateField(label=_("From"), required=False, widget=DayInput())
    school = forms.ChoiceField(label=_("School"), required=False)
    despite = forms.ChoiceField(
        label=_("Why it is another child"), required=False,
        choices=unchosen(words.DESPITE_WORDS),  # type: ignore[arg-type]
    )  # fmt: skip
    looked = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=5000)
    unit = forms.CharField(widget=forms.HiddenInput(), max_length=12)

    def __init__(
        self, *sent: object, schools: Sequence[tuple[str, str]], for_aid: bool, **more: object
    ) -> None:
        super().__init__(*sent, **more)  # type: ignore[arg-type]
        self.for_aid = for_aid
        self.fields["school"] = forms.ChoiceField(
            label=_("School"), required=for_aid,
            choices=schools if for_aid else [("", _("none")), *schools],
        )  # fmt: skip
        self.fields["category"] = CategoryForm().fields["category"]
        self.fields["category"].required = False
        if for_aid:
            for name in AID_LEAVES_OUT:
                del self.fields[name]

    def clean(self) -> None:
        """Ask for what belongs together."""
        sent = self.cleaned_data
        if sent.get("guardian") and "kin" in sent and not sent["kin"]:
            self.add_error("kin", KIN_MISSING)
        if sent.get("category") and not sent.get("starts_on"):
            self.add_error("starts_on", _("Say from which day."))

    def sought(self) -> Sought:
        """Return the child as it is to be looked for."""
        sent = self.cleaned_data
        phone = sent.get("phone", "")
        return Sought(text=sent["name"], birth_year=sent["birth_year"], phone=phone)

    def spec(self, *, unit_id: int, school_id: int | None) -> ChildSpec:
        """Return the child as it is to be registered."""
        sent = self.cleaned_data
        despite = Despite(sent["despite"]) if sent["despite"] else None
        if self.for_aid:
            return ChildSpec(
                unit_id=unit_id, school_id=school_id, name=sent["name"], despite=despite,
                birth_year=sent["birth_year"], looked=sent["looked"],
            )  # fmt: skip
        guardian = GuardianForm.said(self) if sent["guardian"] else None  # type: ignore[arg-type]
        category = CategoryForm.said(self) if sent["category"] else None  # type: ignore[arg-type]
        return ChildSpec(
            unit_id=unit_id, school_id=school_id, name=sent["name"], despite=despite,
            birth_year=sent["birth_year"], looked=sent["looked"], facts=self.facts(),
            home=self.home(), guardians=(guardian,) if guardian else (),
            categories=(category,) if category else (),
        )  # fmt: skip


AID_LEAVES_OUT = (
    "born_on", "sex", "ethnicity", "grade", "boarding", "address", "father", "mother", "guardian",
    "kin", "phone", "category", "starts_on",
)  # fmt: skip


def first_day(day: date) -> dict[str, str]:
    """Return the day as a form begins with it."""
    return {"given_on": day.isoformat(), "starts_on": day.isoformat()}
