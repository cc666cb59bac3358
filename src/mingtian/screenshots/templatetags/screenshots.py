"""The class teacher's way to the pictures that wait; nothing at all while none does."""

from django import template

from mingtian.core import clock
from mingtian.screenshots.queries import count_waiting

register = template.Library()


@register.inclusion_tag("screenshots/waiting.html")
def screenshots_waiting(unit: str) -> dict[str, object]:
    """Show a button with the number of pictures of a class, by its public id. One query."""
    return {"unit": unit, "number": count_waiting(unit, clock.now())}
