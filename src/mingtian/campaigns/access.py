"""Who may see which campaign and code, and who may change them.

A campaign is seen by every post of the lectures at its scope, above or below it, a draft at its
scope and above only: below, nobody acts on what has not been decided. It is changed by offices at
its scope or above. A code is seen within reach of a post. A superuser sees all of it and changes
nothing without a post.
"""

from collections.abc import Collection
from datetime import date

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q, QuerySet
from django.http import Http404

from mingtian.campaigns.models import Campaign, LearningCode
from mingtian.campaigns.rules import CampaignState
from mingtian.org.access import get_unit_for, posts_of, units_visible_to
from mingtian.org.queries import path_on
from mingtian.org.rules import IN_LECTURES, IN_OFFICE, MORE_THAN_FIGURES, Line, Role

Reader = User | AnonymousUser

OFFICES = frozenset({Role.OFFICE})
CODE_KEEPERS = frozenset({Role.OFFICE, Role.PRINCIPAL})
"""Who may close and replace the codes within reach: a leaked code is noticed at the school."""


def campaigns_visible_to(user: Reader, day: date) -> QuerySet[Campaign]:
    """Return the campaigns at, above and below the reader's posts, the latest first.

    Of the campaigns above, those that have been opened.
    """
    above = {unit for own in _units_of(user, day) for unit in _above(own, day)}
    opened = ~Q(state=CampaignState.DRAFT.value)
    seen = Q(scope__in=units_visible_to(user, day)) | (Q(scope_id__in=above) & opened)
    return Campaign.objects.filter(seen).select_related("scope").order_by("-first_on", "-pk")


def get_campaign_for(user: Reader, public_id: str, day: date) -> Campaign:
    """Return the campaign, or 404 both when absent and when not the reader's to see."""
    found = campaigns_visible_to(user, day).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def get_campaign_to_change_for(user: Reader, public_id: str, day: date) -> Campaign:
    """Return the campaign for a change, or 404 when it is not the reader's to change."""
    found = get_campaign_for(user, public_id, day)
    if not can_change_campaigns_of(user, found.scope_id, day):
        raise Http404
    return found


def get_campaign_of_own_office_for(user: Reader, public_id: str, day: date) -> Campaign:
    """Return the campaign for a look at what its office prepares; 404 to all but IN_OFFICE."""
    found = get_campaign_for(user, public_id, day)
    if not stands_in_office_of(user, found.scope_id, day):
        raise Http404
    return found


def stands_in_office_of(user: Reader, scope_id: int, day: date) -> bool:
    """Say whether the reader is director, office or clerk of this unit or of one above it."""
    return _keeps(user, scope_id, IN_OFFICE, day)


def counted_unit_for(user: Reader, scope_id: int, day: date) -> int | None:
    """Return the unit whose numbers of the campaign the reader sees.

    That is the scope for whoever reaches it, and the own unit for everybody below: counts obey
    the same doors as boards do.
    """
    if units_visible_to(user, day).filter(pk=scope_id).exists():
        return scope_id
    own = _units_of(user, day)
    return next((unit for unit in own if scope_id in _above(unit, day)), None)


def can_change_campaigns_of(user: Reader, scope_id: int, day: date) -> bool:
    """Say whether the reader keeps the office of this unit or of one above it."""
    return _keeps(user, scope_id, OFFICES, day)


def scopes_offered_to(user: Reader, day: date) -> list[int]:
    """Return the units at which the reader keeps an office and may found a campaign."""
    return [post.unit_id for post in posts_of(user, day) if post.role in OFFICES]


def codes_visible_to(user: Reader, day: date) -> QuerySet[LearningCode]:
    """Return the codes of units within reach, of all campaigns.

    A code lets people in and is no figure: none for auditors.
    """
    reach = units_visible_to(user, day, roles=MORE_THAN_FIGURES)
    return LearningCode.objects.filter(unit__in=reach).select_related("campaign", "unit")


def get_unit_with_codes_for(user: Reader, public_id: str, day: date) -> int:
    """Return the unit whose codes are asked for, or 404 when they are out of reach."""
    return get_unit_for(user, public_id, day, roles=MORE_THAN_FIGURES).pk


def get_code_for(user: Reader, code: str, day: date) -> LearningCode:
    """Return the code, or 404 both when absent and when its unit is out of reach."""
    found = codes_visible_to(user, day).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def can_change_code(user: Reader, code: LearningCode, day: date) -> bool:
    """Say whether the reader may close or replace it: the school's head or an office above."""
    return _keeps(user, code.unit_id, CODE_KEEPERS, day)


def get_code_to_change_for(user: Reader, code: str, day: date) -> LearningCode:
    """Return the code for a change, or 404 when it is not the reader's to change."""
    found = get_code_for(user, code, day)
    if not can_change_code(user, found, day):
        raise Http404
    return found


def _keeps(user: Reader, unit_id: int, roles: Collection[Role], day: date) -> bool:
    return any(
        post.role in roles and post.unit_id in path_on(unit_id, day, Line(post.line))
        for post in posts_of(user, day)
    )


def _units_of(user: Reader, day: date) -> list[int]:
    """Return the units of the reader's posts that have a part in lectures."""
    return [post.unit_id for post in posts_of(user, day) if post.role in IN_LECTURES]


def _above(unit_id: int, day: date) -> set[int]:
    """Return the unit and everything above it on both lines."""
    return {key for line in Line for key in path_on(unit_id, day, line)}
