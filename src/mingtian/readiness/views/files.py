"""Everything that stands on the pages, as CSV and XLSX, behind the same doors."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from mingtian.core import clock
from mingtian.readiness import access, pages
from mingtian.readiness.access import Place, Reader
from mingtian.web import tables

Door = Callable[[Reader, str, str, datetime], Place]
Table = Callable[[Place, datetime], list[tables.Row]]

FILES: dict[str, tuple[Door, Table]] = {
    "overview": (access.get_place_for, pages.overview_table),
    "plan": (access.get_place_to_read, pages.plan_table),
    "duty": (access.get_school_for, pages.duty_table),
    "volunteers": (access.get_place_of_helpers, pages.volunteers_table),
    "log": (access.get_place_to_read, pages.log_table),
    "pilots": (access.get_place_of_helpers, pages.pilots_table),
    "families": (access.get_place_of_families, pages.families_table),
}


@login_required
@require_GET
def export(request: HttpRequest, campaign: str, unit: str, what: str, form: str) -> HttpResponse:
    """Give one of the lists as a file."""
    if what not in FILES:
        raise Http404
    door, table = FILES[what]
    now = clock.now()
    place = door(request.user, campaign, unit, now)
    return tables.download(table(place, now), name=f"{what}-{place.unit.public_id}", form=form)
