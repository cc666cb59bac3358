"""How what waits in pairs is told on the desk (docs/mechanisms/vault.md); counted by ``pairs_waits``."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from mingtian.vault.queries.todo import Shown

PAIRS = _("Helping pairs")

SHOWN: Mapping[str, Shown] = {
    "pairs.silent": Shown(
        text=_("Ask why no visit was made as agreed"), about=PAIRS, url="pairs:silent"
    ),
    "pairs.visit": Shown(text=_("Visit, as agreed in a pair"), about=PAIRS, url="pairs:own"),
    "pairs.question": Shown(
        text=_("Ask a helper about a visit"), about=PAIRS, url="pairs:questions"
    ),
    "pairs.wrong": Shown(
        text=_("A helper says that something is wrong"), about=PAIRS, url="pairs:questions"
    ),
    "pairs.vetting": Shown(
        text=_("Have a helper's check made again"), about=PAIRS, url="pairs:helpers"
    ),
}
