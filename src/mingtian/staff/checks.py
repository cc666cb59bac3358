"""Refuses to start a production server on which second factors are only offered."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Error, register

WORDS = {"required", "offered"}


@register()
def second_factor_check(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001
    **_: object,
) -> list[Error]:
    """Accept the two words of MINGTIAN_SECOND_FACTOR, and only the first in production."""
    if settings.SECOND_FACTOR not in WORDS:
        return [
            Error(
                "MINGTIAN_SECOND_FACTOR must be required or offered, "
                f"not {settings.SECOND_FACTOR!r}.",
                id="mingtian.E001",
            )
        ]
    if settings.PRODUCTION and settings.SECOND_FACTOR != "required":
        return [
            Error(
                "MINGTIAN_SECOND_FACTOR=offered is for demonstrations; in production posts from "
                "county level up, and those that open children's files, need a second factor.",
                hint="Unset the variable.",
                id="mingtian.E002",
            )
        ]
    return []
