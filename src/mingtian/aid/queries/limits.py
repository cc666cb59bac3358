"""Up to which amount the office of a fund decides. No door needed."""

from collections.abc import Collection
from datetime import date

from mingtian.aid.models import Fund, Limit


def limits_on(funds: Collection[Fund], day: date) -> dict[int, int]:
    """Return the limit of each fund that holds on a day, by the fund's key. One statement."""
    held = {fund.pk: fund.office_limit for fund in funds}
    told = Limit.objects.filter(fund__in=held, valid_from__lte=day).order_by("valid_from", "pk")
    return held | dict(told.values_list("fund_id", "amount"))


def list_limits(fund: Fund) -> list[Limit]:
    """Return the limits that were set after the fund was opened, the newest day first. One statement."""
    return list(
        Limit.objects.filter(fund=fund).select_related("set_by").order_by("-valid_from", "-pk")
    )
