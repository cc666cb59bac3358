"""The log of readings within reach."""

from datetime import date, datetime, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from mingtian.core import audit, clock
from mingtian.core.clock import SHANGHAI, day_of
from mingtian.vault import access
from mingtian.vault.forms import LogForm
from mingtian.vault.queries import list_readings, told_reading
from mingtian.vault.queries.readings import MOST_EXPORTED, MOST_SHOWN, ReadingRow
from mingtian.web import tables
from mingtian.web.reader import person

WEEK = timedelta(days=6)
LONGEST = timedelta(days=366)


@login_required
@never_cache
@require_GET
def readings(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    rows, form, days = _asked(request, now, MOST_SHOWN)
    shown = {
        "rows": [(row, *told_reading(row)) for row in rows],
        "form": form,
        "first": days[0],
        "last": days[1],
        "more": len(rows) == MOST_SHOWN,
        "query": request.GET.urlencode(),
    }
    return render(request, "vault/readings.html", shown)


@login_required
@never_cache
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Take the readings out; who does leaves an entry in the trail."""
    now = clock.now()
    rows, _form, (first, last) = _asked(request, now, MOST_EXPORTED + 1)
    heads = (
        _("When"), _("Who"), _("Account"), _("Child's number"), _("What"), _("Purpose"), _("Turned away"),
    )  # fmt: skip
    cells = [
        (f"{row.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}", row.who, row.account, row.child,
         *told_reading(row), _("yes") if row.refused else "")
        for row in rows
    ]  # fmt: skip
    name = f"readings-{first}-{last}"
    reply = tables.download([heads, *cells], name=name, form=form, most=MOST_EXPORTED)
    audit.record(
        actor=person(request).get_username(), action="vault.log_taken", subject="vault:log",
        now=now, readings=min(len(rows), MOST_EXPORTED),
    )  # fmt: skip
    return reply


def _asked(
    request: HttpRequest, now: datetime, most: int
) -> tuple[list[ReadingRow], LogForm, tuple[date, date]]:
    units = access.units_of_log(person(request), now)
    form = LogForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    last = asked.get("last") or day_of(now)
    first = max(asked.get("first") or last - WEEK, last - LONGEST)
    rows = list_readings(
        units, first, last, child=asked.get("child", "").strip(), most=most,
        who=asked.get("who", "").strip(),
    )  # fmt: skip
    return rows, form, (first, last)
