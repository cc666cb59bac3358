"""Long lists, a page at a time: which page the address asks for. ``{% pager page %}`` shows its foot."""

from typing import Any, TypeVar, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

Rows = TypeVar("Rows", range, QuerySet[Any])

ROWS = 50
"""Rows on a page, of every list."""


def asked_page(request: HttpRequest) -> int:
    """Return the number of the page that is asked for; what is no number asks for the first."""
    asked = request.GET.get("page", "")[:9]
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() else 1


def cut(rows: Rows, request: HttpRequest) -> tuple[Rows, Page[Any]]:
    """Return the rows of the page that is asked for, and the page.

    Beyond the last page stands the last: rows may have gone since somebody leafed.
    """
    page = Paginator(rows, ROWS).get_page(asked_page(request))
    return cast(Rows, page.object_list), page


def page_of(number: int, request: HttpRequest) -> Page[Any]:
    """Return the page of so many rows, where a statement of its own cuts them."""
    return cut(range(number), request)[1]
