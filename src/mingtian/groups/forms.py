"""Checks the shape of what is typed about groups; the rules say what it may be."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingtian.groups.rules import Audience, Board, GroupFacts, Platform, Words
from mingtian.groups.words import AUDIENCE_WORDS, PLATFORM_WORDS, ROLE_WORDS
from mingtian.org.queries import PostRow
from mingtian.org.rules import Role
from mingtian.web.fields import DayInput

# Longer than the rules allow, so that the rule refuses and says by how much.
LONG = 2000


class LeftToRules:
    """A field that must be filled in; what is missing is refused by the rule, with its code."""

    def validate(self, value: object) -> None:
        """Leave it to the rule."""


class TextLine(LeftToRules, forms.CharField):
    """A line of text."""


class Day(LeftToRules, forms.DateField):
    """A day."""


class Chosen(LeftToRules, forms.ChoiceField):
    """One of the choices; another than is offered counts as none."""

    def clean(self, value: str) -> str:
        """Return the choice, or nothing."""
        return value if self.valid_value(value) else ""


class GroupForm(forms.Form):
    """What is kept about a group."""

    audience = forms.ChoiceField(
        label=_("Who is in it"),
        choices=[(one.value, word) for one, word in AUDIENCE_WORDS.items()],
    )
    name = TextLine(label=_("Name of the group"), max_length=LONG)
    purpose = TextLine(label=_("What it is for"), max_length=LONG)
    platform = forms.ChoiceField(
        label=_("Where it is"),
        choices=[(one.value, word) for one, word in PLATFORM_WORDS.items()],
    )
    size = forms.IntegerField(
        label=_("How many are in it"),
        help_text=_("The number alone; no list of members is kept."),
    )
    in_charge = Chosen(label=_("Who answers for it"))
    code_expires_on = forms.DateField(
        label=_("The group's own code is valid until"),
        help_text=_("WeChat's codes are valid for 7 days. Empty if the group has none."),
        widget=DayInput,
        required=False,
    )
    closes_on = Day(
        label=_("Closes on"),
        help_text=_("A group for a task closes when the task is done."),
        widget=DayInput,
    )

    def __init__(self, *args: Any, holders: list[PostRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["in_charge"]
        assert isinstance(field, forms.ChoiceField)
        roles = {holder.role for holder in holders if holder.role in ROLE_WORDS}
        field.choices = [
            ("", _("Choose who")),
            *((f"role:{role.value}", ROLE_WORDS[role]) for role in sorted(roles)),
            *((f"user:{user}", name) for user, name in _persons(holders)),
        ]

    def facts(self) -> GroupFacts:
        """Return what was typed in a form that was found right."""
        typed = self.cleaned_data
        kind, _colon, key = typed["in_charge"].partition(":")
        return GroupFacts(
            name=typed["name"],
            purpose=typed["purpose"],
            platform=Platform(typed["platform"]),
            audience=Audience(typed["audience"]),
            size=typed["size"],
            closes_on=typed["closes_on"],
            code_expires_on=typed["code_expires_on"],
            in_charge_role=Role(key) if kind == "role" else None,
            in_charge=int(key) if kind == "user" else None,
        )


class PostForm(forms.Form):
    """A text for groups; with a title and a link it is a package to share."""

    text = TextLine(
        label=_("Text"),
        help_text=_("At most 300 characters with title and link. No names, no telephone numbers."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONG,
    )
    title = forms.CharField(label=_("Title"), required=False, max_length=60)
    link = forms.CharField(label=_("Link"), required=False, max_length=300)
    image = forms.CharField(
        label=_("Picture"),
        help_text=_("Its name or where it lies; whoever pastes the text adds it."),
        required=False,
        max_length=200,
    )
    asks = forms.BooleanField(label=_("Units acknowledge it"), required=False, initial=True)
    to = forms.MultipleChoiceField(
        label=_("Into which lists and groups"), widget=forms.CheckboxSelectMultiple, required=False
    )
    key = forms.RegexField(r"\A[0-9a-z]{12}\Z", widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices

    def words(self) -> Words:
        """Return what was typed in a form that was found right."""
        typed = self.cleaned_data
        return Words(
            text=typed["text"].replace("\r\n", "\n"),
            title=typed["title"],
            link=typed["link"],
            image=typed["image"],
            asks=typed["asks"],
        )


class ListForm(forms.Form):
    """A list of groups under a name."""

    name = TextLine(label=_("Name of the distribution list"), max_length=LONG)
    groups = forms.MultipleChoiceField(
        label=_("Groups"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["groups"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices


class EntryForm(forms.Form):
    """Something for a board."""

    text = TextLine(
        label=_("Your words"),
        help_text=_("At most 500 characters, without names. It is read before others see it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONG,
        strip=True,
    )


class RobotForm(forms.Form):
    """Where a group's robot is. What was kept is never shown again."""

    address = forms.CharField(
        label=_("Address of the robot"),
        help_text=_("From the group's settings, the whole line that begins with https://."),
        max_length=LONG,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    secret = forms.CharField(
        label=_("Secret"),
        help_text=_("Where the group's settings give one for signing (DingTalk, Feishu)."),
        required=False,
        max_length=LONG,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


def as_typed(group: Any) -> dict[str, object]:
    """Return a group's facts as the form shows them."""
    who = f"user:{group.in_charge}" if group.in_charge else f"role:{group.in_charge_role or ''}"
    return {
        "audience": group.audience.value, "name": group.name, "purpose": group.purpose,
        "platform": group.platform.value, "size": group.size, "in_charge": who,
        "code_expires_on": group.code_expires_on, "closes_on": group.closes_on,
    }  # fmt: skip


def board_of(word: str) -> Board | None:
    """Return the board of an address, or None."""
    return Board(word) if word in {each.value for each in Board} else None


def chosen(picked: list[str]) -> tuple[list[str], list[str]]:
    """Return the groups and the lists among what was ticked ("group:…", "list:…")."""
    groups = [each[6:] for each in picked if each.startswith("group:")]
    return groups, [each[5:] for each in picked if each.startswith("list:")]


def in_a_week(day: date) -> date:
    """Return the last day of a WeChat code that was made on the day."""
    return date.fromordinal(day.toordinal() + 7)


def _persons(holders: list[PostRow]) -> list[tuple[int, str]]:
    return sorted({(holder.user_id, holder.name) for holder in holders}, key=lambda one: one[1])
