"""The ltree column type of PostgreSQL."""

from typing import Any

from django.db import models


class LtreeField(models.TextField):  # type: ignore[type-arg]
    """A path of labels, root first, joined by dots. Labels are unit keys."""

    def db_type(self, connection: Any) -> str:  # noqa: ARG002 - Django passes it
        return "ltree"
