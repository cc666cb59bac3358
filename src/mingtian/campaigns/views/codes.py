"""Learning codes at the desk: list and search, on screen, as pictures, on paper."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mingtian.campaigns import access, actions, queries
from mingtian.campaigns.models import LearningCode
from mingtian.campaigns.rules import CampaignState, Refusal, learning_url
from mingtian.campaigns.sheets.booklet import booklet_of, plain_origin
from mingtian.campaigns.sheets.draw import booklet_pdf
from mingtian.campaigns.sheets.qr import qr_png, qr_svg
from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.access import units_visible_to
from mingtian.org.queries import UnitRow, unit_rows
from mingtian.web.paging import cut
from mingtian.web.reader import person

MOST_SHEETS = 300
"""More pages than this no school prints; a whole county would keep the server busy."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrowed:
    """The codes of a list, and the unit to which it was narrowed."""

    codes: QuerySet[LearningCode]
    unit: UnitRow | None


@login_required
@require_GET
def code_list(request: HttpRequest) -> HttpResponse:
    day = day_of(clock.now())
    words = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    narrowed = _narrowed(request, day)
    codes = narrowed.codes.filter(campaign__state=CampaignState.OPEN, closed_at=None)
    has_any = codes.exists()
    if words:
        codes = queries.search_codes(codes, words, day)
    listed, page = cut(queries.in_tree_order(codes, day), request)
    rows = queries.code_rows(list(listed), day)
    above = {row.place.above_public_id for row in rows}
    reach = units_visible_to(person(request), day).filter(public_id__in=above)
    context = {
        "rows": rows,
        "reach": set(reach.values_list("public_id", flat=True)),
        "page": page,
        "words": words,
        "unit": narrowed.unit,
        "has_any": has_any,
        "booklet": narrowed.unit is not None
        and 0 < page.paginator.count <= MOST_SHEETS
        and not words,
        "other_language": _other_language(),
    }
    return render(request, "campaigns/code_list.html", context)


@login_required
@require_GET
def code_detail(request: HttpRequest, code: str) -> HttpResponse:
    day = day_of(clock.now())
    found = access.get_code_for(person(request), code, day)
    row = queries.code_rows([found], day)[0]
    context = {
        "code": row,
        "address": f"{plain_origin()}/e/",
        "check_address": f"{plain_origin()}/check",
        "others": [each for each in queries.list_codes_of(found.unit_id, day) if each.id != row.id],
        "may_change": access.can_change_code(person(request), found, day),
        "other_language": _other_language(),
    }
    return render(request, "campaigns/code_detail.html", context)


@login_required
@require_GET
def code_svg(request: HttpRequest, code: str) -> HttpResponse:
    return _file(qr_svg(_url_of(request, code)), "image/svg+xml", f"learning-code-{code}.svg")


@login_required
@require_GET
def code_png(request: HttpRequest, code: str) -> HttpResponse:
    return _file(qr_png(_url_of(request, code)), "image/png", f"learning-code-{code}.png")


@login_required
@require_GET
def code_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """One A4 page; ``?lang=en`` gives it in English."""
    day = day_of(clock.now())
    found = access.get_code_for(person(request), code, day)
    return _sheets(request, [found], day, f"learning-code-{code}.pdf")


@login_required
@require_GET
def booklet(request: HttpRequest, unit: str) -> HttpResponse:
    """The sheets of all open codes below a unit, of the latest open campaign."""
    day = day_of(clock.now())
    narrowed = queries.codes_below(
        access.codes_visible_to(person(request), day),
        access.get_unit_with_codes_for(person(request), unit, day),
        day,
    )
    codes = narrowed.filter(closed_at=None, campaign__state=CampaignState.OPEN)
    latest = codes.order_by("-campaign__first_on", "-campaign_id").first()
    if latest is None:
        raise RuleBroken(Refusal.NO_SHEETS)
    of_latest = codes.filter(campaign=latest.campaign_id)
    printed = list(queries.in_tree_order(of_latest, day)[: MOST_SHEETS + 1])
    if len(printed) > MOST_SHEETS:
        raise RuleBroken(Refusal.TOO_MANY_SHEETS, most=MOST_SHEETS)
    return _sheets(request, printed, day, f"learning-codes-{unit}.pdf")


@login_required
@require_POST
def code_close(request: HttpRequest, code: str) -> HttpResponseBase:
    now = clock.now()
    found = access.get_code_to_change_for(person(request), code, day_of(now))
    actions.close_code(code_id=found.pk, actor=person(request).get_username(), now=now)
    messages.success(request, _("The code is closed. Take down the sheets that show it."))
    return redirect("campaigns:code-detail", found.code)


@login_required
@require_POST
def code_reissue(request: HttpRequest, code: str) -> HttpResponseBase:
    now = clock.now()
    found = access.get_code_to_change_for(person(request), code, day_of(now))
    made = actions.reissue_code(code_id=found.pk, actor=person(request).get_username(), now=now)
    messages.success(
        request, _("This is the new code. The old one is closed; print and hang the new sheet.")
    )
    return redirect("campaigns:code-detail", made.code)


def _narrowed(request: HttpRequest, day: date) -> Narrowed:
    """Return the codes within reach, below the unit that was asked for."""
    codes = access.codes_visible_to(person(request), day)
    if not (public_id := request.GET.get("unit", "")):
        return Narrowed(codes=codes, unit=None)
    unit = access.get_unit_with_codes_for(person(request), public_id, day)
    rows = unit_rows([unit], day)
    return Narrowed(codes=queries.codes_below(codes, unit, day), unit=rows.get(unit))


def _url_of(request: HttpRequest, code: str) -> str:
    found = access.get_code_for(person(request), code, day_of(clock.now()))
    return learning_url(settings.PUBLIC_ORIGIN, found.code)


def _sheets(request: HttpRequest, codes: list[LearningCode], day: date, name: str) -> HttpResponse:
    asked = request.GET.get("lang", "")
    language = asked if asked in dict(settings.LANGUAGES) else translation.get_language()
    with translation.override(language):
        rows = queries.code_rows(codes, day)
        if not all(row.usable for row in rows):
            raise RuleBroken(Refusal.CODE_CLOSED)
        campaign = queries.find_campaign(rows[0].campaign_public_id)
        if campaign is None:
            raise Http404
        pdf = booklet_pdf(booklet_of(rows, campaign, queries.list_lectures(campaign.id)))
    return _file(pdf, "application/pdf", name)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _other_language() -> tuple[str, str]:
    """Return code and name of the first language that the page is not in."""
    here = translation.get_language()
    return next(pair for pair in settings.LANGUAGES if pair[0] != here)
