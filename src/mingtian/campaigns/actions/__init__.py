"""Writes to campaigns, lectures and learning codes.

A campaign is planned while it is a draft, opened once with its mandate, and closed. What a
page shows after the opening (mandate, lectures, denominators) no longer changes.
"""

from mingtian.campaigns.actions.broadcasts import (
    RecordingSpec,
    prepare_recording,
    register_outside_stream,
)
from mingtian.campaigns.actions.campaigns import (
    CampaignSpec,
    change_campaign,
    close_campaign,
    create_campaign,
    open_campaign,
    set_comparison,
    set_mandate,
)
from mingtian.campaigns.actions.codes import close_code, issue_codes, reissue_code
from mingtian.campaigns.actions.lectures import (
    LectureSpec,
    add_lecture,
    choose_broadcast,
    plan_lectures,
    remove_lecture,
)

__all__ = [
    "CampaignSpec",
    "LectureSpec",
    "RecordingSpec",
    "add_lecture",
    "change_campaign",
    "choose_broadcast",
    "close_campaign",
    "close_code",
    "create_campaign",
    "issue_codes",
    "open_campaign",
    "plan_lectures",
    "prepare_recording",
    "register_outside_stream",
    "reissue_code",
    "remove_lecture",
    "set_comparison",
    "set_mandate",
]
