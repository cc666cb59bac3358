"""What broken pages sent about children do: nothing, and they give nothing away (AID-1, domain.md 11.3).

Complete by construction: addresses come from the matrices, names of fields out of forms, templates
and views, so that a new address and a new field are tried without being named here.
"""

import importlib
import inspect
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from mingtian.core.models import AuditEntry
from mingtian.testing.children import make_child
from mingtian.testing.matrix import DURING, Who, World
from tests import tree
from tests.browsers import remembering
from tests.canaries import MODULES, Known, make_known
from tests.matrices import address_of, rows_of
from tests.sent_forms import Form, read_forms
from tests.test_authorisation import plain_page_not_found
from tests.test_children_pages import ASKING, OPEN_TO, REASONS, canaries_in, parts_of

ABOUT_CHILDREN = (*MODULES, "yearbook")
TYPED = "欧阳鹮鹮"
"""What is typed into every field: a word of its own, met nowhere but in the form that comes back."""

FAR_NAME = "司马鸴远"
"""A child of another county, whose number and key are sent where an own one belongs."""

FORMS_COME_BACK = {200, 422}
"""With these a page may show the writer what was typed; every other answer shows none of it."""

Sent = Mapping[str, object]
Fill = Callable[[str], object]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """The canary, the child of another county, and everybody's browser."""

    world: World
    known: Known
    far: Known
    clients: Mapping[Who, Client]


@pytest.fixture(scope="module")
def children(small_world: World) -> tuple[Known, Known]:
    """The canary, and a child of another county, made once for the file."""
    known = make_known(small_world)
    far = make_child(
        small_world.people[Who.FAR_CASE_WORKER], small_world.tree.far_county,
        small_world.tree.far_school, name=FAR_NAME, now=DURING,
    )  # fmt: skip
    return known, Known(far.id, far.public_id)


@pytest.fixture
def setting(
    world: World,
    children: tuple[Known, Known],
    browsers: Mapping[Who, Client],
    monkeypatch: pytest.MonkeyPatch,
) -> Setting:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: DURING)
    monkeypatch.setattr("mingtian.urls.handler404", plain_page_not_found, raising=False)
    known, far = children
    return Setting(world=world, known=known, far=far, clients=remembering(browsers))


def ways(known: Known, far: Known) -> dict[str, Fill]:
    """Return what a field may wrongly hold."""
    return {
        "words": lambda _name: TYPED,
        "no text": lambda _name: f"{TYPED}\0",
        "below zero": lambda _name: "-1",
        "beyond numbers": lambda _name: "9" * 30,
        "before all days": lambda _name: "0001-01-01",
        "after all days": lambda _name: "9999-12-31",
        "foreign number": lambda _name: far.number,
        "foreign key": lambda _name: str(far.pk),
        "other things": lambda name: known.ids.get(name, known.ids["pair"]),
    }


def ways_to_send(known: Known, far: Known) -> dict[str, Fill]:
    """Return the ways in which all of a page may be wrong."""
    return ways(known, far) | {
        "too long": lambda _name: TYPED * 1500,
        "too many": lambda _name: [TYPED] * 5,
        "files": lambda _name: SimpleUploadedFile("名单.xlsx", TYPED.encode()),
    }


def parts_of_module(module: str) -> Iterator[ModuleType]:
    """Yield the parts of a module in which forms stand."""
    package = tree.PACKAGE / module
    for path in sorted(package.rglob("*.py")):
        words = path.relative_to(package).with_suffix("").parts
        if "tests" not in words and "forms.Form" in path.read_text(encoding="utf-8"):
            yield importlib.import_module(".".join(("mingtian", module, *words)))


@cache
def fields_of(module: str) -> frozenset[str]:
    """Return every name under which something may be sent to a module."""
    found: set[str] = set()
    for part in parts_of_module(module):
        for _name, one in inspect.getmembers(part, inspect.isclass):
            if issubclass(one, forms.Form):
                found |= set(one.base_fields)
    asked = re.compile(r'(?:POST|GET|sent|data|FILES)(?:\.get|\.getlist)?[(\[]"(\w+)"|name="(\w+)"')
    for path in (tree.PACKAGE / module).rglob("*"):
        if path.suffix in {".html", ".py"} and "tests" not in path.parts:
            text = path.read_text(encoding="utf-8")
            found |= {first or second for first, second in asked.findall(text)}
    return frozenset(found)


def last_entry() -> int:
    return AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def trail_since(key: int) -> str:
    rows = AuditEntry.objects.filter(pk__gt=key).values_list("subject", "detail")
    return "\n".join(f"{subject} {detail}" for subject, detail in rows)


def send(
    client: Client, method: str, address: str, sent: Sent | None = None
) -> tuple[int, bytes, str]:
    """Send a page and undo what it did; returns status, what was answered, and the trail of it."""
    before = last_entry()
    with transaction.atomic():
        reply = getattr(client, method)(address, sent)
        content = b"".join(reply) if reply.streaming else reply.content
        trail = trail_since(before)
        transaction.set_rollback(True)
    return reply.status_code, content, trail


def wrong_in(status: int, content: bytes, trail: str, who: Who, name: str) -> Iterator[str]:
    """Say what is wrong with an answer."""
    found = canaries_in(content)
    if name in REASONS and who in ASKING:
        found -= {"situation"}
    if status >= 500:
        yield f"{status}"
    if shown := {word for word in found if who not in OPEN_TO[word]}:
        yield f"{status} shows {sorted(shown)}"
    if FAR_NAME.encode() in content:
        yield f"{status} shows a foreign child"
    if status not in FORMS_COME_BACK and (found or TYPED.encode() in content):
        yield f"{status} says more than that it is wrong"
    if any(word in trail for word in (TYPED, FAR_NAME)) or canaries_in(trail.encode()):
        yield "is written into the trail"


def check_logs(caplog: pytest.LogCaptureFixture) -> None:
    assert TYPED not in caplog.text
    assert FAR_NAME not in caplog.text
    assert canaries_in(caplog.text.encode()) == set()


@dataclass(frozen=True, kw_only=True)
class Visit:
    """An address, somebody who may use it, and whether it is one of the canary's own."""

    address: str
    who: Who
    name: str
    is_known: bool

    def ways(self, every: Mapping[str, Fill]) -> Mapping[str, Fill]:
        """Return every second way of being wrong: things of the matrix take those that the canary's leave.

        Words are tried on both.
        """
        return {
            way: fill for number, (way, fill) in enumerate(every.items())
            if way == "words" or number % 2 == self.is_known
        }  # fmt: skip


def visits(setting: Setting, module: str, method: str) -> Iterator[Visit]:
    """Yield each address that answers the method.

    About what the matrix makes, which is gone with the next, and about the canary's own things where
    they have an address.
    """
    for name, rows in sorted(rows_of(module).items()):
        parts = parts_of(setting.known, name)
        for row in rows:
            if allowed := sorted(getattr(row, method) or ()):
                with transaction.atomic():
                    address = address_of(name, row, setting.world)
                    yield Visit(address=address, who=allowed[0], name=name, is_known=False)
                    transaction.set_rollback(True)
                if parts:
                    address = reverse(name, kwargs=parts)
                    yield Visit(address=address, who=allowed[-1], name=name, is_known=True)


@pytest.mark.slow
@pytest.mark.parametrize("module", ABOUT_CHILDREN)
def test_a_page_that_is_wrong_everywhere_does_and_tells_nothing(
    module: str, setting: Setting, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    wrong: list[str] = []
    fields = sorted(fields_of(module))
    every = ways_to_send(setting.known, setting.far)
    for visit in visits(setting, module, "post"):
        who, name = visit.who, visit.name
        tried: dict[str, Sent] = {"nothing": {}}
        for way, fill in visit.ways(every).items():
            tried[way] = {field: fill(field) for field in fields}
        for way, sent in tried.items():
            answer = send(setting.clients[who], "post", visit.address, sent)
            wrong += [f"{name} by {who}, {way}: {each}" for each in wrong_in(*answer, who, name)]

    assert not wrong, "\n".join(["", *wrong])
    check_logs(caplog)


@pytest.mark.slow
@pytest.mark.parametrize("module", ABOUT_CHILDREN)
def test_a_question_that_is_wrong_everywhere_breaks_and_tells_nothing(
    module: str, setting: Setting, caplog: pytest.LogCaptureFixture
) -> None:
    """The same of what stands behind the question mark of pages and files."""
    caplog.set_level(logging.INFO)
    wrong: list[str] = []
    for visit in visits(setting, module, "get"):
        who, name = visit.who, visit.name
        for way, fill in visit.ways(ways(setting.known, setting.far)).items():
            sent = {field: fill(field) for field in fields_of(module)}
            status, content, trail = send(setting.clients[who], "get", visit.address, sent)
            wrong += [
                f"{name} by {who}, {way}: {each}"
                for each in wrong_in(status, content, trail, who, name)
                if status not in FORMS_COME_BACK or "says more" not in each
            ]

    assert not wrong, "\n".join(["", *wrong])
    check_logs(caplog)


def forms_about(setting: Setting, module: str) -> Iterator[tuple[Form, Who, str]]:
    """Yield every form that somebody finds on a page about the canary, filled in; each address once."""
    seen: set[tuple[str, Who]] = set()
    for name, rows in sorted(rows_of(module).items()):
        parts = parts_of(setting.known, name)
        if parts is None or "form" in parts:
            continue
        address = reverse(name, kwargs=parts)
        for who in sorted({who for row in rows for who in row.get or ()}):
            status, content, _trail = send(setting.clients[who], "get", address)
            for form in read_forms(content.decode(), address) if status == 200 else ():
                if (form.action, who) not in seen and form.action.startswith("/desk/"):
                    seen.add((form.action, who))
                    yield form, who, name


@pytest.mark.slow
@pytest.mark.parametrize("module", MODULES)
def test_a_page_that_is_wrong_in_one_field_does_and_tells_nothing(
    module: str, setting: Setting, caplog: pytest.LogCaptureFixture
) -> None:
    """As it is sent by a page that somebody changed by hand: all else is what the form offers.

    The year book has no page about a child.
    """
    caplog.set_level(logging.INFO)
    wrong: list[str] = []
    tried: set[str] = set()
    for form, who, name in forms_about(setting, module):
        path = form.action.partition("?")[0]
        if path in tried:
            continue
        tried.add(path)
        for field in form.sent:
            broken: dict[str, Sent] = {
                way: form.sent | {field: fill(field)}
                for way, fill in ways(setting.known, setting.far).items()
            }
            broken["missing"] = {key: kept for key, kept in form.sent.items() if key != field}
            for way, sent in broken.items():
                answer = send(setting.clients[who], "post", form.action, sent)
                wrong += [
                    f"{form.action} (on {name}) by {who}, {field} {way}: {each}"
                    for each in wrong_in(*answer, who, name)
                ]

    assert tried, "no page offered a form"
    assert not wrong, "\n".join(["", *wrong])
    check_logs(caplog)
