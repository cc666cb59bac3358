"""What waits at the register, as the desk asks for it (vault.queries.todo, children_waits)."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from mingtian.vault.queries.todo import Shown

SHOWN: Mapping[str, Shown] = {
    "children.consent": Shown(
        text=_("Ask for the consent to case work"),
        about=_("Children registered a week ago and more"),
        url="children:register",
    ),
    "children.outgrown": Shown(
        text=_("End categories that children have grown out of"),
        about=_("Children in difficulty"),
        url="children:register",
    ),
}
