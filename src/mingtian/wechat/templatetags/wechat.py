"""The way to WeChat on families' pages: nothing at all where the operator has not set it up."""

from django import template

from mingtian.wechat.exchange import enabled

register = template.Library()


@register.inclusion_tag("wechat/offer.html")
def wechat_find(to: str) -> dict[str, object]:
    """Offer a phone that knows nothing to find its home again, and to come back to ``to``."""
    return {"enabled": enabled(), "to": to, "remember": False}


@register.inclusion_tag("wechat/offer.html")
def wechat_remember(to: str) -> dict[str, object]:
    """Offer a phone with a home on it to be recognised later."""
    return {"enabled": enabled(), "to": to, "remember": True}
