"""How what waits at gifts is told on the desk (vault.queries.todo); the SQL function gifts_waits counts."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from mingtian.vault.queries.todo import Shown

ABOUT = _("Gifts and stock")

SHOWN: Mapping[str, Shown] = {
    "gifts.carry": Shown(text=_("Take things to a child"), about=ABOUT, url="gifts:carry"),
    "gifts.confirm": Shown(
        text=_("Confirm a hand-over as the second person"), about=ABOUT, url="gifts:confirming"
    ),
    "gifts.release": Shown(
        text=_("Look at a need before a partner sees it"), about=ABOUT, url="gifts:needs"
    ),
}
