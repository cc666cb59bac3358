"""Invite to a post, withdraw, accept. Each invitation is used once, whoever presses together."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404

from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.actions import PostSpec, end_post, give_post
from mingtian.org.rules import Line, Role, UnitKind, check_name, check_post
from mingtian.staff.access import reaches_further
from mingtian.staff.models import Handover, Invitation
from mingtian.staff.rules import (
    MOST_WRONG_WORDS,
    OPEN_FOR,
    REFUSALS,
    State,
    check_term,
    check_username,
    hash_of_secret,
    tidy_username,
    tidy_word,
)

SECRET_BYTES = 16


@dataclass(frozen=True, kw_only=True, slots=True)
class InviteSpec:
    """Which post is offered to whom. ``once`` is of the form that was sent."""

    unit_id: int
    kind: UnitKind
    role: Role
    line: Line
    name: str
    starts_on: date
    ends_on: date | None = None
    once: str = ""
    renews: User | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """An invitation with what is told once; both are empty when the form was sent before."""

    invitation: Invitation
    secret: str = ""
    word: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Newcomer:
    """The name for signing in and the password that somebody chooses."""

    username: str
    password: str


def invite(*, spec: InviteSpec, inviter: User | None, actor: str, now: datetime) -> Made:
    """Make an invitation and return link and word, or the one that this form made before.

    Without an inviter (the first of an installation) the reach is not compared.
    """
    today = day_of(now)
    check_name(spec.name)
    check_post(spec.role, spec.kind)
    check_term(spec.starts_on, spec.ends_on, today)
    if inviter is not None and reaches_further(inviter, spec.unit_id, spec.line, today):
        _note_refused("invitation_reaches_further", actor=actor, role=spec.role, now=now)
        raise RuleBroken("invitation_reaches_further")
    secret, word = secrets.token_urlsafe(SECRET_BYTES), f"{secrets.randbelow(10**6):06}"
    with transaction.atomic():
        made, new = Invitation.objects.get_or_create(
            once=spec.once or secrets.token_hex(SECRET_BYTES),
            defaults={
                "unit_id": spec.unit_id,
                "role": spec.role,
                "line": spec.line,
                "name": spec.name.strip(),
                "starts_on": spec.starts_on,
                "ends_on": spec.ends_on,
                "secret_hash": hash_of_secret(secret),
                "word_hash": _hash_of_word(secret, word),
                "made_by": inviter,
                "renews": spec.renews,
                "made_at": now,
                "expires_at": now + OPEN_FOR,
            },
        )
        if not new:
            return Made(invitation=made)
        _note(made, "staff.invited", actor=actor, now=now)
    return Made(invitation=made, secret=secret, word=word)


def withdraw(*, invitation: Invitation, actor: str, now: datetime) -> bool:
    """Close an open invitation. False when it was withdrawn before."""
    with transaction.atomic():
        held = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        if held.withdrawn_at is not None:
            return False
        if held.state(now) is not State.OPEN:
            raise RuleBroken("invitation_closed")
        held.withdrawn_at = now
        held.save(update_fields=["withdrawn_at"])
        _note(held, "staff.invitation_withdrawn", actor=actor, now=now)
    return True


def accept_as_newcomer(*, secret: str, word: str, newcomer: Newcomer, now: datetime) -> User:
    """Make an account with the post of the invitation and return it.

    A wrong word is counted even though the request is refused; the fifth ends the invitation.
    """
    return accept(secret, word, now, lambda held: _new_account(held, newcomer, now))


def accept_as(*, secret: str, word: str, user: User, now: datetime) -> User:
    """Give the post of the invitation to an account that exists: whoever is signed in."""
    return accept(secret, word, now, lambda held: _same(held, user))


def _hash_of_word(secret: str, word: str) -> bytes:
    # Six digits could be tried through, so the hash needs the link and a key outside the database.
    message = f"staff.word|{secret}|{word}".encode()
    return hashlib.blake2b(message, key=settings.INDEX_KEY, digest_size=32).digest()


def accept(secret: str, word: str, now: datetime, who: Callable[[Invitation], User]) -> User:
    """Check link and word, then let ``who`` find or make the account that takes the post up."""
    with transaction.atomic():
        held = _held(secret)
        refused = _refusal(held, secret, word, now)
        if refused is None:
            return _take_up(held, who(held), now)
    # Outside, so that the wrong try stays counted.
    raise refused


def _held(secret: str) -> Invitation:
    found = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("unit")
        .filter(secret_hash=hash_of_secret(secret))
        .first()
    )
    if found is None:
        raise Http404
    return found


def _refusal(held: Invitation, secret: str, word: str, now: datetime) -> RuleBroken | None:
    state = held.state(now)
    actor, subject = "system:invitation", f"invitation:{held.public_id}"
    if state is not State.OPEN:
        audit.record(
            actor=actor, action="staff.invitation_refused", subject=subject, now=now,
            code=REFUSALS[state],
        )  # fmt: skip
        return RuleBroken(REFUSALS[state])
    if secrets.compare_digest(bytes(held.word_hash), _hash_of_word(secret, tidy_word(word))):
        return None
    held.wrong_words += 1
    held.save(update_fields=["wrong_words"])
    audit.record(
        actor=actor, action="staff.invitation_wrong_word", subject=subject, now=now,
        tries=held.wrong_words,
    )  # fmt: skip
    left = MOST_WRONG_WORDS - held.wrong_words
    if left <= 0:
        return RuleBroken("invitation_ended")
    return RuleBroken("invitation_wrong_word", left=left)


def _same(held: Invitation, user: User) -> User:
    if held.renews_id is not None:
        raise RuleBroken("access_for_account")
    return user


def _new_account(held: Invitation, newcomer: Newcomer, now: datetime) -> User:
    if held.renews_id is not None:
        raise RuleBroken("access_for_account")
    username = tidy_username(newcomer.username)
    check_username(username)
    user = User(username=username, first_name=held.name, date_joined=now)
    check_password_for(user, newcomer.password)
    if User.objects.filter(username__iexact=username).exists():
        raise RuleBroken("account_name_taken", name=username)
    user.set_password(newcomer.password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as twice:
        raise RuleBroken("account_name_taken", name=username) from twice
    audit.record(
        actor=username, action="staff.account_made", subject=f"account:{username}", now=now
    )
    return user


def check_password_for(user: User, password: str) -> None:
    """Refuse a password that the rules of the settings find weak for this person."""
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise RuleBroken("password_weak") from weak


def _take_up(held: Invitation, user: User, now: datetime) -> User:
    if held.renews_id is None:
        _give(held, user, now)
    held.used_at, held.used_by = now, user
    held.save(update_fields=["used_at", "used_by"])
    Handover.objects.filter(invitation=held).update(successor=user)
    _note(held, "staff.invitation_accepted", actor=user.get_username(), now=now)
    return user


def _give(held: Invitation, user: User, now: datetime) -> None:
    actor = user.get_username()
    spec = PostSpec(user=user, unit=held.unit, role=Role(held.role), line=Line(held.line))
    # Whoever accepts late begins that day: a post is not given for days that have passed.
    starts_on = max(held.starts_on, day_of(now))
    post = give_post(spec=spec, starts_on=starts_on, actor=actor, now=now)
    if held.ends_on is not None:
        end_post(post=post, ends_on=max(held.ends_on, starts_on), actor=actor, now=now)


def _note_refused(code: str, *, actor: str, role: Role, now: datetime) -> None:
    audit.record(
        actor=actor, action="staff.invite_refused", subject=f"account:{actor}"[:120], now=now,
        code=code, role=role.value,
    )  # fmt: skip


def _note(held: Invitation, action: str, *, actor: str, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject=f"unit:{held.unit.public_id}",
        now=now,
        invitation=held.public_id,
        role=held.role,
        line=held.line,
    )
