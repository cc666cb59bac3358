"""Rules, rates and the booklet at the desk: who sees what, and the right numbers (CER-2)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingtian.campaigns.models import Denominator
from mingtian.certificates.actions.revoke import forget, revoke
from mingtian.certificates.actions.rules import set_rule
from mingtian.certificates.actions.unlocking import unlock
from mingtian.certificates.models import Certificate, Rule
from mingtian.certificates.queries.demands import list_demands
from mingtian.certificates.queries.rates import RateRow, figures_of, rate_of, unlock_rates_below
from mingtian.certificates.rules import Demand, RevokedFor
from mingtian.certificates.tests.conftest import AFTER, FULL, Series
from mingtian.core.figures import Basis, Status
from mingtian.core.models import AuditEntry
from mingtian.org.models import Unit
from mingtian.org.queries import path_on
from mingtian.people.models import Standing
from mingtian.people.rules import ExemptReason, StandingState
from mingtian.testing.cast import Cast, make_cast
from mingtian.testing.make import ACTOR, NOW, invented_name, make_pupils


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: AFTER)


@pytest.fixture
def cast(series: Series) -> Cast:
    return make_cast(series.evening.tree)


@pytest.fixture
def closed(series: Series) -> Series:
    """Ten pupils expected, eight earned it, one is exempt; another school expects two."""
    tree = series.evening.tree
    for unit, persons in ((tree.class_one, 10), (tree.far_class, 2)):
        Denominator.objects.create(
            campaign=series.evening.campaign, unit=unit, kind=1, persons=persons
        )
    for pupil in series.pupils[:8]:
        series.attend(pupil, [FULL] * 4)
    series.attend(series.relative(series.pupils[0]), [FULL] * 4)
    series.attend(make_pupils(tree.far_class, 2)[0], [FULL] * 4)
    exempt(series, 9)
    unlock(campaign=series.campaign, now=AFTER, actor=ACTOR)
    return series


def exempt(series: Series, number: int) -> None:
    pupil = series.pupils[number]
    Standing.objects.create(
        person=pupil, unit_id=pupil.unit_id, state=StandingState.EXEMPT,
        reason=ExemptReason.NO_SMARTPHONE, starts_on=series.campaign.first_on, decided_at=NOW,
    )  # fmt: skip


def rates(series: Series, unit: Unit) -> list[RateRow]:
    day = series.campaign.last_on
    path = ".".join(map(str, path_on(unit.pk, day)))
    return unlock_rates_below(campaign=series.campaign, path=path, line="leads", day=day)


def test_the_rate_leaves_the_exempt_out_and_lists_them(closed: Series) -> None:
    rate = rate_of(rates(closed, closed.evening.tree.school))

    assert (rate.expected, rate.exempt, rate.unlocked) == (10, 1, 8)
    assert rate.share == pytest.approx(8 / 9)


def test_an_exempt_pupil_with_a_certificate_counts_on_both_sides(closed: Series) -> None:
    exempt(closed, 0)

    rate = rate_of(rates(closed, closed.evening.tree.school))

    assert (rate.exempt, rate.unlocked, rate.eligible) == (1, 8, 9)


def test_relatives_have_numbers_and_no_rate(closed: Series) -> None:
    city = closed.evening.tree.city
    rows = rates(closed, city)
    figures = figures_of(
        rows, campaign=closed.campaign, unit_id=city.public_id, status=Status.CONFIRMED
    )

    assert rate_of(rows).unlocked == 9
    assert figures["certificates_unlocked"].value == 10
    assert figures["certificates_expected"].status is Status.FROZEN
    assert {each.basis for each in figures.values()} == {Basis.PERSONS}


def test_erasure_leaves_the_rate_and_a_revocation_moves_it(closed: Series) -> None:
    forget([closed.pupils[0].pk], now=AFTER, actor=ACTOR)
    assert rate_of(rates(closed, closed.evening.tree.school)).unlocked == 8

    serial = Certificate.objects.get(person=closed.pupils[1].pk).serial
    revoke(serial=serial, reason=RevokedFor.IN_ERROR, actor=ACTOR, now=AFTER)
    assert rate_of(rates(closed, closed.evening.tree.school)).unlocked == 7


@pytest.mark.usefixtures("at")
def test_the_office_compares_units_and_nobody_sees_classes(
    client: Client, closed: Series, cast: Cast
) -> None:
    tree = closed.evening.tree
    client.cookies["lang"] = "en"
    client.force_login(cast.office)
    own = client.get(reverse("certificates:rates-own"))
    shown = client.get(own.headers["Location"]).content.decode()

    assert "Anping County" in shown
    assert "88.9%" in shown
    assert "81.8%" in shown
    school = reverse("certificates:rates", args=[closed.campaign.public_id, tree.school.public_id])
    shown = client.get(school).content.decode()
    assert "Class 1" not in shown
    assert invented_name(0) not in shown
    klass = reverse(
        "certificates:rates", args=[closed.campaign.public_id, tree.class_one.public_id]
    )
    assert client.get(klass).status_code == 404


@pytest.mark.usefixtures("at")
def test_an_outsider_finds_nothing_of_the_others(
    client: Client, closed: Series, cast: Cast
) -> None:
    tree = closed.evening.tree
    client.force_login(cast.outsider)
    campaign = closed.campaign.public_id
    for unit in (tree.school, tree.city, tree.class_one):
        assert client.get(f"/desk/certificates/{campaign}/{unit.public_id}").status_code == 404
        address = f"/desk/certificates/{campaign}/{unit.public_id}/booklet.pdf"
        assert client.get(address).status_code == 404


@pytest.mark.usefixtures("at")
def test_the_class_teacher_prints_and_sees_no_comparison(
    client: Client, closed: Series, cast: Cast
) -> None:
    client.cookies["lang"] = "en"
    client.force_login(cast.teacher)
    shown = client.get(reverse("certificates:rates-own")).content.decode()
    address = reverse(
        "certificates:booklet",
        args=[closed.campaign.public_id, closed.evening.tree.class_one.public_id],
    )

    assert address in shown
    assert "Units below" not in shown
    reply = client.get(address)
    assert reply.headers["Content-Type"] == "application/pdf"
    assert reply.headers["Cache-Control"] == "private, no-store"


def typed(**changes: str) -> dict[str, str]:
    usual = {
        "kind": "1", "evenings": "2", "slots": "0", "completed": "1", "replay_counts": "on",
        "reason": "",
    }  # fmt: skip
    return usual | changes


def test_the_office_of_the_scope_sets_a_rule_before_the_first_lecture_closes(
    client: Client, series: Series, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)
    page = reverse("certificates:rules", args=[series.campaign.public_id])
    client.cookies["lang"] = "en"
    client.force_login(cast.office)

    assert "At least 3 evenings signed, 60 slots watched." in client.get(page).content.decode()
    assert client.post(page, typed()).status_code == 302

    rule = Rule.objects.get(kind=1, ended_at=None)
    assert (rule.evenings, rule.completed, rule.by_hand_counts) == (2, 1, False)
    assert AuditEntry.objects.get(action="certificates.rule_set").detail["rule"] == rule.pk
    assert "At least 2 evenings signed, 1 evening completed." in client.get(page).content.decode()


def test_lectures_planned_after_a_rule_was_set_move_the_usual_rules_of_the_others(
    series: Series, cast: Cast
) -> None:
    usual = list_demands(series.campaign)[1].demand
    change: dict[str, Any] = {
        "campaign": series.campaign,
        "reason": "",
        "user": cast.office,
        "now": NOW,
    }
    assert not set_rule(kind=1, demand=usual, **change)
    assert set_rule(kind=2, demand=Demand(evenings=1), **change)
    series.lectures[3].delete()
    series.lectures[2].delete()

    demands = {kind: row.demand.evenings for kind, row in list_demands(series.campaign).items()}
    assert demands == {1: 2, 2: 1, 3: 2, 4: 2}


def test_a_rule_that_asks_more_than_the_plan_now_holds_is_told(
    client: Client, series: Series, cast: Cast
) -> None:
    demand = Demand(evenings=4)
    set_rule(campaign=series.campaign, kind=2, demand=demand, reason="", user=cast.office, now=NOW)
    client.cookies["lang"] = "en"
    client.force_login(cast.office)
    page = reverse("certificates:rules", args=[series.campaign.public_id])
    assert "Ask for no more" not in client.get(page).content.decode()

    series.lectures[3].delete()

    told = "The campaign has 3 evenings with 180 slots together. Ask for no more"
    assert client.get(page).content.decode().count(told) == 1


@pytest.mark.usefixtures("at")
def test_a_late_change_needs_a_reason(client: Client, series: Series, cast: Cast) -> None:
    page = reverse("certificates:rules", args=[series.campaign.public_id])
    client.cookies["lang"] = "en"
    client.force_login(cast.office)

    assert "Write why the rule changes" in client.post(page, typed()).content.decode()
    assert client.post(page, typed(reason="Decided by the meeting")).status_code == 302
    assert "Decided by the meeting" in client.get(page).content.decode()


def test_others_read_the_rules_and_change_nothing(
    client: Client, series: Series, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def early() -> datetime:
        return NOW - timedelta(days=1)

    monkeypatch.setattr("mingtian.core.clock.now", early)
    page = reverse("certificates:rules", args=[series.campaign.public_id])
    for reader in (cast.principal, cast.teacher):
        client.force_login(reader)
        assert client.get(page).status_code == 200
        assert client.post(page, typed()).status_code == 404
    client.force_login(cast.office)
    assert client.post(page, typed(kind="7")).status_code == 404
    assert client.post(page, typed(kind="1" * 9)).status_code == 404
    assert client.delete(page).status_code == 405


def test_pages_of_the_desk_ask_for_a_sign_in(client: Client, series: Series) -> None:
    for name, rest in (("rules", [series.campaign.public_id]), ("rates-own", [])):
        reply = client.get(reverse(f"certificates:{name}", args=rest))
        assert reply.status_code == 302
        assert "/desk/sign-in" in reply.headers["Location"]


@pytest.mark.usefixtures("at")
def test_the_rates_take_few_queries(
    client: Client, closed: Series, cast: Cast, django_assert_max_num_queries: object
) -> None:
    client.force_login(cast.office)
    unit = closed.evening.tree.city.public_id
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        client.get(reverse("certificates:rates", args=[closed.campaign.public_id, unit]))
