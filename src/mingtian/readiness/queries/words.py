"""How legs are called, for other modules too. Translated when read."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.readiness.rules import Leg

LEG_WORDS: dict[str, str | Promise] = {
    Leg.FAMILY: _("Family"),
    Leg.SCHOOL: _("School"),
    Leg.SOCIETY: _("Society"),
}
