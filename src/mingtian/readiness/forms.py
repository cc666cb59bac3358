"""What people type about getting ready."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.people.queries.words import PEOPLE_WORDS
from mingtian.readiness.queries.duty import EveningRow, Staff
from mingtian.readiness.queries.pilots import CoordinatorRow
from mingtian.readiness.queries.words import LEG_WORDS
from mingtian.readiness.rules import LONGEST_SHEET, MOST_TEXT
from mingtian.readiness.words import CHANNEL_WORDS, LEVER_WORDS, TASK_WORDS
from mingtian.web.fields import DayInput

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Choices = list[tuple[str, str | Promise]]
Errors = Mapping[str, "str | _StrPromise"]

CHOOSE: Errors = {
    "required": _("Choose one."),
    "invalid_choice": _("Choose one of the entries in the list."),
}
NUMBER: Errors = {"required": _("Enter a number."), "invalid": _("Enter a whole number.")}
DAY: Errors = {"required": _("Enter a day."), "invalid": _("Enter a day as year-month-day.")}
CONSENT: Errors = {
    **DAY,
    "required": _(
        "A pilot takes part by consent only. Ask, and enter the day on which it was given."
    ),
}
WORDS: Errors = {"required": _("Say in a few words what it is.")}


def _choices(words: dict[str, str | Promise]) -> Choices:
    return [("", _("Choose one")), *((str(word), text) for word, text in words.items())]


def _day(*, required: bool = True, errors: Errors = DAY) -> forms.DateField:
    widget = DayInput()
    return forms.DateField(required=required, widget=widget, error_messages=errors)


def _words(most: int = MOST_TEXT) -> forms.CharField:
    # Longer than it may be: the rule's refusal says how long.
    return forms.CharField(strip=True, max_length=most * 4, error_messages=WORDS)


def _text(most: int, rows: int) -> forms.CharField:
    field = _words(most)
    field.widget = forms.Textarea(attrs={"rows": rows})
    return field


class LineForm(forms.Form):
    """A target group of a plan; the kinds are those that the campaign invites."""

    kind = forms.TypedChoiceField(coerce=int, error_messages=CHOOSE)
    leg = forms.ChoiceField(choices=_choices(LEG_WORDS), error_messages=CHOOSE)
    channel = forms.ChoiceField(choices=_choices(CHANNEL_WORDS), error_messages=CHOOSE)
    expected = forms.IntegerField(required=False, error_messages=NUMBER)
    owner = _words()
    due_on = _day(required=False)

    def __init__(self, *args: object, kinds: Iterable[int], **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        invited: Choices = [(str(int(kind)), PEOPLE_WORDS[kind]) for kind in kinds]
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose one")), *invited]


class ItemForm(forms.Form):
    """One point of the checklist, with another day or another person than the tap says."""

    item = forms.CharField(required=False)
    day = _day(required=False)
    who = forms.CharField(required=False)


class SheetForm(forms.Form):
    """The school's requirements."""

    text = _text(LONGEST_SHEET, 12)


class DutyForm(forms.Form):
    """Who has charge of each evening, and who stands in; evenings that are over are left out."""

    def __init__(
        self, *args: object, evenings: Sequence[EveningRow], staff: Sequence[Staff], **more: object
    ) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.evenings = [each for each in evenings if not each.over]
        present = [(each.username, each.name) for each in staff]
        for each in self.evenings:
            for part, account, name in (
                ("first", each.first_account, each.first),
                ("second", each.substitute_account, each.substitute),
            ):
                # Somebody who has left the school stays in the list until replaced.
                left = bool(account) and account not in dict(present)
                known = [(account, name), *present] if left else present
                self.fields[f"{part}_{each.lecture_id}"] = forms.ChoiceField(
                    choices=[("", _("Nobody yet")), *known],
                    required=False,
                    initial=account,
                    error_messages=CHOOSE,
                )

    def of(self, part: str, lecture_id: int) -> forms.BoundField:
        """Return the field of one evening."""
        return self[f"{part}_{lecture_id}"]


class DutyWishForm(forms.Form):
    """A duty of five-old at a block."""

    group = forms.ChoiceField(error_messages=CHOOSE)
    task = forms.ChoiceField(choices=_choices(TASK_WORDS), error_messages=CHOOSE)
    block = _words()
    volunteers = forms.IntegerField(error_messages=NUMBER)

    def __init__(self, *args: object, groups: Iterable[tuple[str, str]], **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        field = self.fields["group"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose one")), *groups]


class ActivityForm(forms.Form):
    """A line of the log of levers."""

    lever = forms.ChoiceField(choices=_choices(LEVER_WORDS), error_messages=CHOOSE)
    done_on = _day()
    what = _words()
    served = forms.IntegerField(error_messages=NUMBER)


class CoordinatorField(forms.TypedChoiceField):
    """Somebody who keeps an office of a community or township, listed under the township.

    Whoever is not in the list is refused by the action, as is somebody of another township.
    """

    def __init__(self, people: Sequence[CoordinatorRow]) -> None:
        groups: dict[str, list[tuple[int, str]]] = {}
        for each in people:
            groups.setdefault(each.township, []).append(
                (each.user_id, f"{each.name} · {each.unit}")
            )
        super().__init__(
            choices=[("", _("Nobody yet")), *groups.items()], coerce=int, empty_value=None,
            required=False, error_messages=CHOOSE,
        )  # fmt: skip

    def valid_value(self, value: object) -> bool:
        return str(value).isdecimal()


class PilotForm(forms.Form):
    """A community to be a pilot."""

    village = forms.ChoiceField(error_messages=CHOOSE)
    reason = _words()
    consent_on = _day(errors=CONSENT)

    def __init__(
        self,
        *args: object,
        villages: Iterable[tuple[str, str]],
        people: Sequence[CoordinatorRow],
        **more: object,
    ) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["coordinator"] = CoordinatorField(people)
        field = self.fields["village"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose one")), *villages]


class FindingForm(forms.Form):
    """What a pilot has taught; how long it may be is the action's to say."""

    text = forms.CharField(required=False)


class FamilyForm(forms.Form):
    """A key family, under the number it will get."""

    reason = _words()
    consent_on = _day(errors=CONSENT)
    home = forms.ChoiceField(required=False, error_messages=CHOOSE)

    def __init__(self, *args: object, homes: Iterable[tuple[str, str]], **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        field = self.fields["home"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Not linked to a home")), *homes]


class SwapForm(forms.Form):
    """A turn to be changed: ``back`` is the turn taken in return, ``whom`` who takes it over."""

    back = forms.CharField(required=False)
    whom = forms.CharField(required=False)
    words = forms.CharField(required=False, strip=True)
