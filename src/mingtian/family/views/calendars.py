"""Calendar files: of the campaigns of one phone, and of one campaign for everybody."""

from collections.abc import Iterable
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from mingtian.campaigns.queries import CampaignRow
from mingtian.campaigns.queries.homes import find_published
from mingtian.core import clock
from mingtian.family.access import Visit
from mingtian.family.queries.calendars import calendar_of
from mingtian.family.views.visiting import for_family


@require_safe
@for_family
def my_calendar(_request: HttpRequest, visit: Visit, now: datetime) -> HttpResponseBase:
    """All evenings to which the homes of this phone are invited."""
    campaigns = {home.campaign.id: home.campaign for home in visit.homes}
    return _file(campaigns.values(), now)


@require_safe
def campaign_calendar(_request: HttpRequest, campaign: str) -> HttpResponseBase:
    """The evenings of one campaign, for anybody; drafts are not there."""
    found = find_published(campaign)
    if found is None:
        raise Http404
    response = _file([found], clock.now())
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


def _file(campaigns: Iterable[CampaignRow], now: datetime) -> HttpResponse:
    made = calendar_of(campaigns, now)
    response = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="mingtian.ics"'
    return response
