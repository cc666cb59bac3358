"""The pages of pairs: what they show, keep and refuse, in how many statements."""

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mingtian.care.rules import Area
from mingtian.children.rules import ConsentPurpose
from mingtian.core.models import AuditEntry
from mingtian.org.rules import Role
from mingtian.pairs.models import Visit
from mingtian.pairs.tests.conftest import Scene, tell, told
from mingtian.testing.cast import make_staff
from mingtian.testing.children import NAME, make_child
from mingtian.testing.make import DAY, NOW
from mingtian.vault.access import keep
from mingtian.vault.actions import break_glass

MOST_STATEMENTS = 15
"""Savepoints apart."""
CANARY = "金丝雀七号笔记不可外泄"


@pytest.fixture(autouse=True)
def _at_seven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)


def sent(pair: str, **said: object) -> dict[str, object]:
    return {
        "own": uuid4(), "pair": pair, "began": "2023-09-18T18:00", "way": "home", "made": "yes",
        "minutes": 40, "areas": ["study"], "note": CANARY, **said,
    }  # fmt: skip


def test_a_pair_is_begun_by_number_and_its_helper_sees_the_name(
    client: Client, scene: Scene
) -> None:
    client.force_login(scene.office)
    page = reverse("pairs:start", args=[scene.child.public_id])
    assert NAME not in client.get(page).content.decode()
    reply = client.post(page, {"helper": scene.helper.pk, "rhythm": 14}, follow=True)
    assert reply.status_code == 200
    assert NAME not in reply.content.decode()

    client.force_login(scene.helper)
    own = client.get(reverse("pairs:own"))
    assert NAME in own.content.decode()
    assert "no-store" in own["Cache-Control"]


def test_a_refused_form_keeps_what_was_typed(client: Client, scene: Scene) -> None:
    make_staff("third", scene.tree.village, Role.HELPER)
    third = make_staff("fourth", scene.tree.village, Role.HELPER)
    client.force_login(scene.worker)
    page = reverse("pairs:start", args=[scene.child.public_id])
    reply = client.post(page, {"helper": third.pk, "rhythm": 23})
    text = reply.content.decode()
    assert reply.status_code == 422
    assert 'data-code="pair_helper_unvetted"' in text
    assert 'value="23"' in text
    groups = re.findall(r'<optgroup label="([^"]+)">(.*?)</optgroup>', text, re.DOTALL)
    assert [name for name, _ in groups[:2]] == ["查询有效", "未查询或已到期"]
    assert "helper" in groups[0][1]
    assert "fourth" in groups[1][1]
    assert client.post(page, {"helper": "", "rhythm": ""}).status_code == 422
    assert client.post(page, {"helper": 999_999, "rhythm": 7}).status_code == 422


def test_a_visit_is_told_once_and_what_is_refused_says_why(client: Client, scene: Scene) -> None:
    pair = scene.pair()
    client.force_login(scene.helper)
    address = reverse("pairs:tell")
    fields = sent(pair.public_id)
    assert client.post(address, fields).json() == {"kept": True, "new": True}
    assert client.post(address, fields).json() == {"kept": True, "new": False}
    again = client.post(address, {**fields, "minutes": 41})
    assert (again.status_code, again.json()["code"]) == (422, "pair_visit_kept_already")
    bad = client.post(address, sent(pair.public_id, began="whenever"))
    assert (bad.status_code, bad.json()["code"]) == (422, "pair_visit_unreadable")
    assert client.post(address, sent("0123456789ab")).status_code == 404
    with keep("look"):
        (visit,) = Visit.objects.all()
    assert visit.began_at == NOW - timedelta(hours=1)


def test_the_page_that_the_phone_keeps_names_nobody(client: Client, scene: Scene) -> None:
    pair = scene.pair()
    client.force_login(scene.helper)
    shell = client.get(reverse("pairs:visit")).content.decode()
    mine = client.get(reverse("pairs:mine"))
    for told_by in (shell, mine.content.decode()):
        assert NAME not in told_by
        assert scene.child.public_id not in told_by
        assert "helper" not in re.sub(r"<[^>]*>", "", told_by).split()
    assert [row["id"] for row in mine.json()["pairs"]] == [pair.public_id]
    assert "csrfmiddlewaretoken" not in shell
    other = Client()
    other.force_login(scene.second)
    assert other.get(reverse("pairs:mine")).json()["who"] != mine.json()["who"]


def test_the_worker_may_keep_pages_below_pairs_alone(client: Client, scene: Scene) -> None:
    client.force_login(scene.helper)
    reply = client.get(reverse("pairs:worker"))
    assert reply["Content-Type"].startswith("text/javascript")
    assert reverse("pairs:worker") == "/desk/pairs/worker.js"
    assert "Service-Worker-Allowed" not in reply


def test_lists_and_files_name_no_child(client: Client, scene: Scene) -> None:
    pair = scene.pair(goals={Area.STUDY: CANARY})
    tell(scene.helper, pair, told(note=CANARY, minutes=5))
    client.force_login(scene.office)
    for address in (
        reverse("pairs:list"), reverse("pairs:silent"), reverse("pairs:questions"),
        reverse("pairs:export", args=["csv"]), reverse("pairs:helpers-file", args=["csv"]),
        reverse("pairs:pair", args=[pair.public_id]), reverse("pairs:helpers"),
    ):  # fmt: skip
        text = client.get(address).content.decode()
        assert NAME not in text, address
        assert CANARY not in text, address
    assert pair.public_id in client.get(reverse("pairs:export", args=["csv"])).content.decode()


def test_the_canary_is_in_no_trail_no_row_and_no_log(
    client: Client, scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    pair = scene.pair(goals={Area.STUDY: CANARY})
    client.force_login(scene.helper)
    client.post(reverse("pairs:tell"), sent(pair.public_id))
    client.post(reverse("pairs:tell"), sent(pair.public_id, minutes=0))
    page = client.get(reverse("pairs:pair", args=[pair.public_id])).content.decode()
    assert CANARY in page
    assert NAME in page
    trail = json.dumps(list(AuditEntry.objects.values("action", "subject", "detail")), default=str)
    assert CANARY not in trail
    assert NAME not in trail
    with keep("look into all rows"), connection.cursor() as cursor:
        for table in ("pair", "duty", "goal", "visit", "vetting"):
            cursor.execute(f"SELECT coalesce(string_agg(one::text, ''), '') FROM pairs_{table} one")
            (text,) = cursor.fetchone() or ("",)
            assert CANARY not in text
            assert CANARY.encode().hex() not in text
    said = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert not any(CANARY in line or NAME in line for line in said)


def test_questions_are_asked_and_gone(client: Client, scene: Scene) -> None:
    pair = scene.pair()
    tell(scene.helper, pair, told(minutes=5, wrong=True))
    client.force_login(scene.worker)
    assert "情况不对" in client.get(reverse("pairs:questions")).content.decode()
    with keep("look"):
        own = Visit.objects.get().own
    client.post(reverse("pairs:looked", args=[own]))
    assert "没有要问的" in client.get(reverse("pairs:questions")).content.decode()


def test_whoever_helps_is_called_by_name_wherever_the_office_reads(
    client: Client, scene: Scene
) -> None:
    User.objects.filter(pk=scene.helper.pk).update(first_name="阎怡梓", username="h-0417")
    pair = scene.pair()
    tell(scene.helper, pair, told(minutes=5))
    client.force_login(scene.office)

    places = [
        reverse("pairs:list"), reverse("pairs:helpers"), reverse("pairs:questions"),
        reverse("pairs:pair", args=[pair.public_id]), reverse("pairs:vet", args=["h-0417"]),
        reverse("pairs:hand-over", args=[pair.public_id]),
    ]  # fmt: skip
    for address in places:
        page = re.sub(r"<[^>]+>", "", client.get(address).content.decode())
        assert ("阎怡梓" in page, "h-0417" in page) == (True, False), address


def test_a_check_is_noted_and_a_helper_stopped_on_the_page(client: Client, scene: Scene) -> None:
    third = make_staff("third", scene.tree.village, Role.HELPER)
    client.force_login(scene.office)
    address = reverse("pairs:vet", args=[third.username])
    refused = client.post(address, {"kind": "teacher", "checked_on": DAY + timedelta(days=1)})
    assert 'data-code="pair_check_in_future"' in refused.content.decode()
    client.post(address, {"kind": "teacher", "checked_on": DAY})
    assert (DAY + timedelta(days=365)).isoformat() in client.get(
        reverse("pairs:helpers")
    ).content.decode()
    client.post(reverse("pairs:stop", args=[third.username]))
    assert "未查询" in client.get(reverse("pairs:helpers")).content.decode()


def test_a_helper_is_told_how_its_check_stands(
    client: Client, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    third = make_staff("third", scene.tree.village, Role.HELPER)
    scene.pair()
    day = DAY + timedelta(days=365)
    words = {
        (third, 0): "还没有登记", (scene.helper, 0): f"有效期至 {day}",
        (scene.helper, 340): "请提醒办公室", (scene.helper, 366): f'已于 <span class="nowrap">{day}</span> 到期',
    }  # fmt: skip
    for (who, days), word in words.items():
        monkeypatch.setattr("mingtian.core.clock.now", lambda days=days: NOW + timedelta(days=days))
        client.force_login(who)
        text = client.get(reverse("pairs:own")).content.decode()
        assert word in text
        assert (NAME in text) == (who == scene.helper and days < 366)
    client.force_login(scene.worker)
    assert "查询" not in client.get(reverse("pairs:own")).content.decode().partition("<ul")[0]


def test_whoever_reads_in_an_emergency_is_offered_nothing_to_write(
    client: Client, scene: Scene
) -> None:
    pair = scene.pair(goals={Area.STUDY: CANARY})
    colleague = make_staff("colleague", scene.tree.town, Role.CASE_WORKER)
    break_glass(colleague, scene.child.public_id, reason="家长报告孩子夜里没有回家", now=NOW)
    client.force_login(colleague)
    text = client.get(reverse("pairs:pair", args=[pair.public_id])).content.decode()
    assert CANARY in text
    for what in ("goals", "problem", "rhythm", "end"):
        assert reverse(f"pairs:{what}", args=[pair.public_id]) not in text


def test_a_pair_is_handed_over_rests_and_ends_on_its_page(client: Client, scene: Scene) -> None:
    pair = scene.pair()
    client.force_login(scene.worker)

    def post(what: str, **fields: object) -> str:
        address = reverse(f"pairs:{what}", args=[pair.public_id])
        return client.post(address, fields, follow=True).content.decode()

    assert "每周读一本书" in post("goals", goal_study="每周读一本书")
    outside = post("hand-over", helper=scene.far.pk)
    assert "请从名单中选择" in outside
    assert "second" in post("hand-over", helper=scene.second.pk, words="孩子喜欢画画")
    assert "helper" in post("beside", helper=scene.helper.pk)
    kept = f'<option value="{scene.helper.pk}" selected>'
    assert kept in client.get(reverse("pairs:beside", args=[pair.public_id])).content.decode()
    assert "每 7 天" in post("rhythm", rhythm=7)
    assert "已暂停" in post("pause")
    assert "从今天起继续" in post("resume")
    assert "目标已经达到" in post("end", why="reached")


@pytest.mark.parametrize("more", [0, 4])
def test_pages_ask_few_statements_however_many_pairs(
    client: Client, scene: Scene, more: int
) -> None:
    pair = scene.pair(goals={Area.STUDY: CANARY})
    tell(scene.helper, pair, told(note=CANARY, minutes=5))
    for number in range(more):
        child = make_child(
            scene.worker, scene.tree.village, name=f"林小{'甲乙丙丁'[number]}",
            consents=[ConsentPurpose.HELPING],
        )  # fmt: skip
        beside = Scene(**{**vars(scene), "child": child})
        tell(scene.helper, beside.pair(), told(NOW - timedelta(hours=2 + number), 5))
    addresses = {
        reverse("pairs:own"): scene.helper, reverse("pairs:list"): scene.worker,
        reverse("pairs:helpers"): scene.office, reverse("pairs:questions"): scene.office,
        reverse("pairs:pair", args=[pair.public_id]): scene.worker,
        reverse("pairs:mine"): scene.helper, reverse("pairs:record"): scene.helper,
        reverse("pairs:start", args=[scene.child.public_id]): scene.office,
        reverse("pairs:export", args=["csv"]): scene.office,
    }  # fmt: skip
    asked = {}
    for address, user in addresses.items():
        client.force_login(user)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(address).status_code == 200
        asked[address] = sum("SAVEPOINT" not in query["sql"] for query in seen)
    assert max(asked.values()) <= MOST_STATEMENTS, asked
