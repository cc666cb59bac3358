"""Says before a start that row-level security would not bind the product's own role."""

from collections.abc import Sequence

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections


@register(Tags.database)
def role_is_bound(
    app_configs: object = None,  # noqa: ARG001 - Django's signature
    databases: Sequence[str] | None = None,
    **_more: object,
) -> list[CheckMessage]:
    """Refuse a role that walks through the second wall: a superuser, or one with BYPASSRLS.

    Runs with ``manage.py migrate`` and ``manage.py check --database default``.
    """
    if "default" not in (databases or ()):
        return []
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        name, unbound = cursor.fetchone() or ("", False)
    if not unbound:
        return []
    return [
        Error(
            f"The database role {name} is not bound by row-level security.",
            hint="Let DATABASE_URL name an ordinary role that owns the database (operations/run.md).",
            id="vault.E001",
        )
    ]
