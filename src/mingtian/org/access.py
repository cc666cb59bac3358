"""Who may see which unit. A post reaches its unit's subtree along its line."""

from collections.abc import Collection
from datetime import date

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.http import Http404

from mingtian.org.models import Post, Unit
from mingtian.org.rules import IN_LECTURES, Role

Reader = User | AnonymousUser


def posts_of(user: Reader, day: date) -> QuerySet[Post]:
    """Return the posts the person holds on the day, with their units; none without sign-in."""
    if not user.is_authenticated:
        return Post.objects.none()
    held = Q(ends_on=None) | Q(ends_on__gt=day)
    return (
        Post.objects.filter(held, user_id=user.pk, starts_on__lte=day)
        .select_related("unit")
        .order_by("starts_on", "pk")
    )


def units_visible_to(
    user: Reader,
    day: date,
    *,
    tree_on: date | None = None,
    roles: Collection[Role] = IN_LECTURES,
) -> QuerySet[Unit]:
    """Return the units within reach of the posts held on ``day`` in one of the roles.

    The subtree is read as it stood on ``tree_on``, usually the same day; pass the day of an
    evening to look back at units that have closed since. A superuser sees all units. Posts that
    serve single children (``IN_CARE``) reach no unit unless they are asked for by name.
    """
    if not user.is_authenticated or not user.is_active:
        return Unit.objects.none()
    if user.is_superuser:
        return Unit.objects.all()
    tree = tree_on or day
    reach = RawSQL(_REACH, (user.pk, sorted(roles), day, tree, tree))  # noqa: S611 - values are parameters
    return Unit.objects.filter(pk__in=reach)


def get_unit_for(
    user: Reader,
    public_id: str,
    day: date,
    *,
    tree_on: date | None = None,
    roles: Collection[Role] = IN_LECTURES,
) -> Unit:
    """Return the unit, or 404 both when absent and when not the reader's to see."""
    visible = units_visible_to(user, day, tree_on=tree_on, roles=roles)
    unit = visible.filter(public_id=public_id).first()
    if unit is None:
        raise Http404
    return unit


def holds_role_at(user: Reader, unit_id: int, role: Role, day: date) -> bool:
    """Say whether the person holds this very role at this very unit on the day."""
    return posts_of(user, day).filter(unit_id=unit_id, role=role).exists()


_REACH = """
    SELECT below.unit_id
    FROM org_post post
    JOIN org_placement own ON own.unit_id = post.unit_id AND own.line = post.line
    JOIN org_placement below ON below.line = post.line AND below.path <@ own.path
    WHERE post.user_id = %s AND post.role = ANY (%s) AND org_holds(post.starts_on, post.ends_on, %s)
      AND org_holds(own.starts_on, own.ends_on, %s)
      AND org_holds(below.starts_on, below.ends_on, %s)
"""
