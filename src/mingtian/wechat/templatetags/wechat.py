"""The way to WeChat on families' pages: nothing where it is not set up, nothing outside WeChat."""

from django import template
from django.http import HttpRequest
from django.template.context import Context

from mingtian.wechat.exchange import enabled
from mingtian.wechat.rules import inside_wechat

register = template.Library()


@register.inclusion_tag("wechat/offer.html", takes_context=True)
def wechat_find(context: Context, to: str) -> dict[str, object]:
    """Offer a phone that knows nothing to find its home again, and to come back to ``to``."""
    return {"offered": _offered(context), "to": to, "remember": False}


@register.inclusion_tag("wechat/offer.html", takes_context=True)
def wechat_remember(context: Context, to: str) -> dict[str, object]:
    """Offer a phone with a home on it to be recognised later."""
    return {"offered": _offered(context), "to": to, "remember": True}


@register.simple_tag
def wechat_enabled() -> bool:
    """Say whether it is set up, for a page that is made before anybody asks for it."""
    return enabled()


@register.filter
def in_wechat(request: HttpRequest) -> bool:
    """Say whether the page is read in WeChat's browser."""
    return inside_wechat(request.headers.get("User-Agent", ""))


def _offered(context: Context) -> bool:
    return enabled() and in_wechat(context["request"])
