"""The rows of all modules, as the tests of doors read them."""

import importlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlencode

from django.apps import apps
from django.urls import reverse

from mingtian.testing.matrix import Row, Rows, World

MODULES = sorted(
    each.name.rpartition(".")[2]
    for each in apps.get_app_configs()
    if each.name.startswith("mingtian.") and (Path(each.path) / "tests" / "matrix.py").exists()
)


def rows_of(module: str) -> Mapping[str, Sequence[Row]]:
    """Return the module's rows, each address with all of its."""
    stated: Rows = importlib.import_module(f"mingtian.{module}.tests.matrix").ROWS
    return {name: [rows] if isinstance(rows, Row) else rows for name, rows in stated.items()}


def address_of(name: str, row: Row, world: World) -> str:
    """Make what the row is about and return its address, with the query string."""
    address, asked = reverse(name, kwargs=row.key(world)), row.asked(world)
    return f"{address}?{urlencode(asked)}" if asked else address
