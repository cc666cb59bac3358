"""Checks what is typed on the pages of accounts; rules of the house are asked by the actions."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as get_factors
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mingtian.core import audit, clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Line, Role
from mingtian.staff.access import holds_a_post
from mingtian.staff.actions import (
    HandoverSpec,
    clear_failures,
    count_failure,
    refuse_while_locked,
)
from mingtian.staff.rules import Tries, tidy_username
from mingtian.staff.words import areas, role_word
from mingtian.web.fields import DayInput
from mingtian.web.refusals import sentence

USED_SECONDS = 120
"""Longer than a code of an authenticator app can be valid, with the tolerance of a minute."""

MISSING = {"required": _("This is missing.")}


class SignInForm(AuthenticationForm):
    """Name and password; counted when wrong, refused while locked or without a post."""

    def clean(self) -> dict[str, Any]:
        """Find the account; ``refused`` holds the reason that is more than a wrong password."""
        self.refused: RuleBroken | None = None
        name = tidy_username(self.cleaned_data.get("username") or "")
        password = self.cleaned_data.get("password")
        if not name or not password or self.request is None:
            return self.cleaned_data
        try:
            self.user_cache = self._found(name, password)
        except RuleBroken as refusal:
            self.refused = refusal
            raise ValidationError(sentence(refusal), code=refusal.code) from refusal
        if self.user_cache is None:
            raise self.get_invalid_login_error()
        return self.cleaned_data

    def _found(self, name: str, password: str) -> User | None:
        now = clock.now()
        assert self.request is not None
        place = get_adapter().get_client_ip(self.request)
        tries = {Tries.NAME_AND_PLACE: f"{name}|{place}", Tries.NAME: name}
        refuse_while_locked(tries, now=now)
        user = authenticate(self.request, username=_spelled(name), password=password)
        if not isinstance(user, User):
            self._refuse(name, tries)
            return None
        clear_failures(tries)
        if not holds_a_post(user, day_of(now)):
            audit.record(
                actor=user.get_username(), action="staff.sign_in_refused", now=now,
                subject=f"account:{user.get_username()}"[:120], code="no_post_today",
            )  # fmt: skip
            raise RuleBroken("no_post_today")
        return user

    def _refuse(self, name: str, tries: dict[Tries, str]) -> None:
        now = clock.now()
        locked = count_failure(tries, now=now)
        # A name that nobody has may be a password typed into the wrong field.
        known = User.objects.filter(username__iexact=name).exists()
        audit.record(
            actor="system:sign-in", action="staff.sign_in_failed", now=now, locked=locked,
            subject=f"account:{name}"[:120] if known else "account:unknown",
        )  # fmt: skip


def _spelled(name: str) -> str:
    """Return the name as the account has it; capitals do not matter."""
    found = User.objects.filter(username__iexact=name).values_list("username", flat=True)[:2]
    return found[0] if len(found) == 1 else name


class UsedOnce:
    """Lets no code of an authenticator app pass twice while it is valid."""

    user: User

    def clean_code(self) -> str:
        """Check the code, then mark it for longer than it can be valid."""
        code: str = super().clean_code()  # type: ignore[misc]
        key = f"staff.code.{self.user.pk}.{code.strip()}"
        if not cache.add(key, "used", timeout=USED_SECONDS):
            raise get_factors().validation_error("incorrect_code")
        return code


class CodeForm(UsedOnce, AuthenticateForm):  # type: ignore[misc]
    """The code at sign-in."""


class CodeAgainForm(UsedOnce, ReauthenticateForm):  # type: ignore[misc]
    """The code before something that matters."""


class InviteForm(forms.Form):
    """Which post is offered to whom, and until when."""

    role = forms.ChoiceField(error_messages=MISSING)
    name = forms.CharField(max_length=60, error_messages=MISSING)
    starts_on = forms.DateField(error_messages=MISSING, widget=DayInput())
    ends_on = forms.DateField(required=False, widget=DayInput())
    line = forms.ChoiceField(
        required=False,
        choices=[
            (Line.GUIDES.value, _("Education and other sectors")),
            (Line.LEADS.value, _("Area")),
        ],
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=32)

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(role.value, role_word(role)) for role in roles]


def new_once() -> str:
    """Return what makes one form one request, however often it is sent."""
    return secrets.token_hex(16)


class JoinForm(forms.Form):
    """The word told by telephone, and the account that is made with it."""

    word = forms.CharField(max_length=12, error_messages=MISSING)
    username = forms.CharField(max_length=60, error_messages=MISSING)
    password = forms.CharField(
        max_length=200, error_messages=MISSING, strip=False, widget=forms.PasswordInput
    )
    again = forms.CharField(
        max_length=200, error_messages=MISSING, strip=False, widget=forms.PasswordInput
    )

    def clean_again(self) -> str:
        """Compare the two passwords."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise ValidationError(_("The two passwords differ. Type the same one twice."))
        return again


class AccessForm(forms.Form):
    """The word and a new password, for somebody who has an account."""

    word = forms.CharField(max_length=12, error_messages=MISSING)
    password = forms.CharField(
        max_length=200, error_messages=MISSING, strip=False, widget=forms.PasswordInput
    )
    again = forms.CharField(
        max_length=200, error_messages=MISSING, strip=False, widget=forms.PasswordInput
    )

    clean_again = JoinForm.clean_again


class WordForm(forms.Form):
    """The word alone, for somebody who is signed in."""

    word = forms.CharField(max_length=12, error_messages=MISSING)


class PasswordForm(forms.Form):
    """The present password and a new one, twice."""

    present = forms.CharField(
        max_length=200, error_messages=MISSING, strip=False, widget=forms.PasswordInput
    )
    password = forms.CharField(
        max_length=200, error_messages=MISSING, strip=False, widget=forms.PasswordInput
    )
    again = forms.CharField(
        max_length=200, error_messages=MISSING, strip=False, widget=forms.PasswordInput
    )

    clean_again = JoinForm.clean_again


class EndForm(forms.Form):
    """The first day without the post."""

    ends_on = forms.DateField(error_messages=MISSING, widget=DayInput())


class HandoverForm(forms.Form):
    """Who takes over, from which day, with which words."""

    on = forms.DateField(error_messages=MISSING, widget=DayInput())
    successor = forms.ChoiceField(required=False)
    name = forms.CharField(required=False, max_length=60)
    note = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea({"rows": 5, "class": "input"})
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=32)

    def __init__(self, *args: Any, successors: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["successor"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Somebody new, by invitation")), *successors]

    def spec(self, post: Any, todos: list[dict[str, str | int]]) -> HandoverSpec:
        """Return the hand-over that a form found right asks for."""
        data = self.cleaned_data
        successor = User.objects.filter(username=data["successor"], is_active=True).first()
        return HandoverSpec(
            post=post,
            on=data["on"],
            successor=successor if data["successor"] else None,
            name=data["name"],
            note=data["note"],
            todos=todos,
            once=data["once"],
        )


class TrailForm(forms.Form):
    """Days, actor and area of the trail; what is nonsense is left out."""

    first = forms.DateField(required=False, widget=DayInput())
    last = forms.DateField(required=False, widget=DayInput())
    actor = forms.CharField(required=False, max_length=150)
    action = forms.ChoiceField(required=False, choices=lambda: [("", _("Everything")), *areas()])

    def days(self, today: date) -> tuple[date, date]:
        """Return the days asked for, today where none is."""
        last = self.cleaned_data.get("last") or self.cleaned_data.get("first") or today
        return min(self.cleaned_data.get("first") or last, last), last
