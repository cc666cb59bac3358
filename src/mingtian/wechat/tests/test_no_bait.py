"""No page asks families to share, and none unlocks anything by it (WeChat's rules, domain.md 12)."""

import re

import pytest
from tests import tree

BAIT = re.compile(
    r"(?<!不)(?<!不必|无需)(?:分享|转发)(?:后|即可|才|解锁|领取|有奖)|邀请好友|集赞|助力|拉人"
    r"|share (?:to|and) (?:unlock|win|get)|invite (?:your )?friends",
    re.IGNORECASE,
)
MEANT = "下载软件，或先转发才能看。"
"""The public check names the bait of forged codes, so that people know it."""
SCRIPTED = re.compile(r"updateAppMessageShareData|onMenuShare|jweixin|og:image")


@pytest.mark.parametrize("kind", ["src/*.html", "src/*.po", "src/*.js"])
def test_no_page_baits_anybody_into_sharing(kind: str) -> None:
    baiting = [
        f"{tree.name_of(path)}: {found[0]}"
        for path in tree.files(kind)
        for pattern in (BAIT, SCRIPTED)
        if (found := pattern.search(tree.text_of(path).replace(MEANT, "")))
    ]

    assert baiting == [], "Nothing here unlocks by sharing, and no picture is pushed into chats."
