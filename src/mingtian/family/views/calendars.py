"""The calendar file of a campaign, for anybody: it opens in any program and holds nobody."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from mingtian.campaigns.queries.homes import find_published
from mingtian.core import clock
from mingtian.family.queries.calendars import calendar_of


@require_safe
def campaign_calendar(_request: HttpRequest, campaign: str) -> HttpResponseBase:
    """The evenings of one campaign; drafts are not there."""
    found = find_published(campaign)
    if found is None:
        raise Http404
    made = calendar_of(found, clock.now())
    response = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="mingtian.ics"'
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response
