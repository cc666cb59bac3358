"""Reads of the register; inside the vault's door unless said."""

from mingtian.children.queries.categories import (
    categories_of,
    counts_by_category,
    list_categories,
    totals_in_sight,
)
from mingtian.children.queries.consents import (
    check_consent,
    consent_standings,
    list_consents,
    parties_of,
)
from mingtian.children.queries.looking import Findings, Hit, count_doubles, list_doubles, look
from mingtian.children.queries.register import (
    ChildPage,
    Wanted,
    list_by_key,
    list_children,
    names,
    names_in,
    open_child,
)
from mingtian.children.queries.terms import list_over
from mingtian.children.rows import (
    CategoryCounts,
    CategoryRow,
    ChildRow,
    ConsentRow,
    GuardianRow,
    Opened,
)
from mingtian.children.tokens import Sought

__all__ = [
    "CategoryCounts",
    "CategoryRow",
    "ChildPage",
    "ChildRow",
    "ConsentRow",
    "Findings",
    "GuardianRow",
    "Hit",
    "Opened",
    "Sought",
    "Wanted",
    "categories_of",
    "check_consent",
    "consent_standings",
    "count_doubles",
    "counts_by_category",
    "list_by_key",
    "list_categories",
    "list_children",
    "list_consents",
    "list_doubles",
    "list_over",
    "look",
    "names",
    "names_in",
    "open_child",
    "parties_of",
    "totals_in_sight",
]
