"""Who knows of a campaign that has not been decided yet, and who plans none without a post."""

import pytest
from django.test import Client
from django.urls import reverse

from mingtian.campaigns import actions
from mingtian.campaigns.models import Campaign
from mingtian.campaigns.tests.conftest import Ground
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import ACTOR, DAY, NOW

pytestmark = pytest.mark.usefixtures("at_seven")

LIST = reverse("campaigns:campaign-list")


def of_county(ground: Ground) -> Campaign:
    """Plan a campaign of the county."""
    wanted = actions.CampaignSpec(
        name="县里的法治周", scope_id=ground.tree.county.pk, first_on=DAY, last_on=DAY
    )
    return actions.create_campaign(spec=wanted, actor=ACTOR, now=NOW)


def opens(client: Client, campaign: Campaign) -> tuple[bool, bool]:
    """Say whether the reader opens the campaign, and whether it stands in the reader's list."""
    page = client.get(reverse("campaigns:campaign-detail", args=[campaign.public_id]))
    listed = campaign.public_id in client.get(LIST).content.decode()
    assert page.status_code in {200, 404}
    return page.status_code == 200, listed


@pytest.mark.parametrize(
    ("role", "unit", "seen"),
    [
        (Role.OFFICE, "city", True),
        (Role.OFFICE, "county", True),
        (Role.DIRECTOR, "county", True),
        (Role.OFFICE, "town", False),
        (Role.PRINCIPAL, "school", False),
        (Role.CLASS_TEACHER, "class_one", False),
    ],
)
def test_a_draft_is_seen_at_its_unit_and_above_and_by_nobody_below(
    client: Client, bare: Ground, role: Role, unit: str, seen: bool
) -> None:
    campaign = of_county(bare)
    client.force_login(make_staff("reader", getattr(bare.tree, unit), role))

    assert opens(client, campaign) == (seen, seen)


def test_once_opened_it_is_seen_below(client: Client, planned: Ground) -> None:
    client.force_login(planned.cast.teacher)
    assert opens(client, planned.campaign) == (False, False)

    planned.open()

    assert opens(client, planned.campaign) == (True, True)


def test_whoever_runs_the_server_sees_campaigns_and_changes_none(
    admin_client: Client, running: Ground
) -> None:
    """Roles are posts at units; an account that keeps the machine has none (design.md 6)."""
    campaign = running.campaign
    assert opens(admin_client, campaign) == (True, True)
    code = running.code_of(running.tree.class_one)

    page = reverse("campaigns:campaign-detail", args=[campaign.public_id])
    tried = [reverse("campaigns:campaign-new"), reverse("campaigns:code-close", args=[code])]
    tried += [f"{page}/{verb}" for verb in ("change", "mandate", "open", "close", "codes")]

    assert {admin_client.post(address).status_code for address in tried} == {404}
    campaign.refresh_from_db()
    assert campaign.state == "open"
