"""How templates say what stands in rows of supervision."""

from datetime import datetime
from typing import Any

from django import template
from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from mingtian.core.clock import SHANGHAI
from mingtian.org.queries import person_name
from mingtian.supervision import pages, rules
from mingtian.supervision.words import WHY_WORDS, time_taken
from mingtian.web.rules import grouped

register = template.Library()
register.filter("mark_words", pages.mark_words)
register.filter("person_name", person_name)
register.filter("cause_word", pages.cause_word)
register.filter("time_taken", time_taken)


@register.filter
def why_word(why: str) -> str:
    """Say why somebody is called."""
    return str(WHY_WORDS[rules.Why(why)])


@register.filter
def about_grouped(usual: int | None) -> str:
    """Write a usual number as one says "about"; a missing one as a dash."""
    return grouped(rules.about(usual)) if isinstance(usual, int) else "–"


@register.filter
def calling_words(user: User) -> str:
    """Say who is calling."""
    return _("%(who)s is calling.") % {"who": person_name(user)}


@register.filter
def handed_words(receiver: str) -> str:
    """Say to whom something was handed."""
    return _("Handed to %(who)s.") % {"who": receiver}


@register.filter
def asked_words(office: str, since: datetime) -> str:
    """Say who holds a ticket that was passed up, and from when the time to the answer counts."""
    return _("With %(office)s since %(time)s; the time to the first answer counts from then.") % {
        "office": office,
        "time": f"{since.astimezone(SHANGHAI):%H:%M}",
    }


@register.inclusion_tag("web/components/chip.html")
def state_chip(state: rules.State) -> dict[str, Any]:
    """Show a ticket's state by colour, icon and word."""
    colour, word = pages.state_chip(state)
    icons = {"good": "check", "wait": "clock", "off": "minus"}
    return {"state": colour, "word": word, "icon": icons[colour]}
