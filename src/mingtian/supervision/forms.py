"""What people type about calls, tickets and visits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingtian.core.clock import SHANGHAI
from mingtian.org.rules import Role
from mingtian.supervision.queries.help import SchoolRow
from mingtian.supervision.rules import MOST_WORDS, Visiting
from mingtian.supervision.words import CAUSE_WORDS, ROLE_WORDS, VISIT_WORDS
from mingtian.web.fields import DayInput

CAUSES = [(cause.value, word) for cause, word in CAUSE_WORDS.items()]
GOING = (Role.OFFICE, Role.DIRECTOR, Role.CLERK)


class OpenChoice(forms.ChoiceField):
    """A choice whose unknown values the rules refuse, in the words they have for foreign ones."""

    def valid_value(self, value: Any) -> bool:  # noqa: ARG002 - whatever was sent
        return True


def _words(*, required: bool = False) -> forms.CharField:
    # The rule counts; the form lets more pass, so that nothing typed is cut off unseen.
    return forms.CharField(
        required=required, max_length=MOST_WORDS * 4, strip=True,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class CallForm(forms.Form):
    """What a call brought."""

    cause = forms.ChoiceField(choices=CAUSES, required=False, widget=forms.RadioSelect)
    words = _words()
    stays = forms.BooleanField(required=False)


class TicketForm(forms.Form):
    """What is wrong. ``key`` makes a page that is sent twice one ticket."""

    cause = forms.ChoiceField(choices=CAUSES, required=False, widget=forms.RadioSelect)
    words = _words(required=True)
    key = forms.CharField(required=False, widget=forms.HiddenInput)


class WordsForm(forms.Form):
    """An answer or findings."""

    words = _words(required=True)


class VisitForm(forms.Form):
    """A visit to a school."""

    school = OpenChoice(error_messages={"required": _("Choose a school of your own area.")})
    kind = forms.ChoiceField(
        choices=[(kind.value, VISIT_WORDS[kind]) for kind in reversed(Visiting)],
        required=False, widget=forms.RadioSelect,
    )  # fmt: skip
    role = forms.ChoiceField(choices=[(role.value, ROLE_WORDS[role]) for role in GOING])
    on = forms.DateField(
        widget=DayInput(),
        error_messages={"required": _("Choose the day."), "invalid": _("Choose the day.")},
    )
    at = forms.TimeField(
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Choose the hour."), "invalid": _("Choose the hour.")},
    )
    announced_on = forms.DateField(
        required=False, widget=DayInput(),
        error_messages={"invalid": _("Choose the day.")},
    )  # fmt: skip
    purpose = _words()

    def __init__(self, schools: Sequence[SchoolRow], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["school"]
        assert isinstance(field, forms.ChoiceField)
        grouped: dict[str, list[tuple[str, str]]] = {}
        for school in schools:
            grouped.setdefault(school.above, []).append((school.public_id, school.title))
        field.choices = [("", _("Choose a school")), *grouped.items()]

    @property
    def visits_at(self) -> datetime:
        return datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"], SHANGHAI)


class FollowUpForm(forms.Form):
    """What is to be done after a visit."""

    words = _words()
    owner = OpenChoice(error_messages={"required": _("Choose the school or your own unit.")})
    due_on = forms.DateField(
        widget=DayInput(),
        error_messages={"required": _("Choose the day."), "invalid": _("Choose the day.")},
    )

    def __init__(self, owners: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(owners)
