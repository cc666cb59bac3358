"""A whole evening for a real browser: product, PostgreSQL, video, all real."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import msgspec
import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Playwright,
    ViewportSize,
    sync_playwright,
)

from mingtian.campaigns.broadcasts.prepare import prepare
from mingtian.campaigns.broadcasts.sample import make_sample
from mingtian.campaigns.models import Broadcast, Campaign, Lecture
from mingtian.core.clock import SHANGHAI, day_of, now
from mingtian.core.ladder import Ladder
from mingtian.desk.places import keep_navigation
from mingtian.org.queries import list_posts
from mingtian.run.server import Server, free_port
from mingtian.testing.cast import Cast, make_cast
from mingtian.testing.evening import Evening, make_evening
from mingtian.testing.hotpath import url_of_tests
from mingtian.wechat.tests.published import APPID, SECRET
from tests.journeys.clock import Clock, make_clock

WITHOUT_WINDOW, WHOLE = Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")
"""Debian's; where neither is, Playwright takes its own. The first shows the same pages for a quarter
of the time, but its fields for days speak English alone: pictures are taken with the second."""
TAKES_PICTURES = bool({"MINGTIAN_PICTURES", "MINGTIAN_TOUR"} & os.environ.keys())
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}
WAYS = [("zh-CN", PHONE), ("en-GB", DESK), ("en-GB", PHONE), ("zh-CN", DESK)]
"""Both languages at both widths; the first two are a walk's when two must do."""
LENGTH = timedelta(minutes=5)
RUNNING_FOR = timedelta(seconds=20)
SAMPLE_SECONDS = 300
BROADCAST = "journey00001"


class OnTheAir(Protocol):
    """A place with a server at ``origin``."""

    @property
    def origin(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A server on which the lecture has been on the air for a few seconds."""

    origin: str
    evening: Evening
    cast: Cast


@pytest.fixture(scope="session")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of files of the journeys' server: pages, style sheets, video."""
    folder = tmp_path_factory.mktemp("var")
    # The entry page is made once, so it must know of WeChat; outside WeChat it says nothing of it.
    wechat = {"MINGTIAN_WECHAT_APPID": APPID, "MINGTIAN_WECHAT_SECRET": SECRET}
    environment = {**os.environ, "MINGTIAN_VAR": str(folder), **wechat}
    for command in (["collectstatic", "--noinput"], ["build_pages"]):
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py"), *command]
        subprocess.run([*manage, "--verbosity", "0"], env=environment, check=True)
    return folder


@pytest.fixture(scope="session")
def ladder(var: Path) -> Ladder:
    """The sample lecture, prepared as a broadcast. Kept between runs beside the packages."""
    shelf = settings.VAR_DIR / "journeys" / "broadcasts"
    shelf.mkdir(parents=True, exist_ok=True)
    # Two workers share the shelf: one prepares, the other waits and finds it done.
    with (shelf.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = settings.VAR_DIR / "samples"
        source = make_sample(kept, seconds=SAMPLE_SECONDS, node_modules=settings.NODE_MODULES)
        ladder = prepare(source, shelf / BROADCAST)
        # Linked file by file: a server that followed symbolic links could be led astray.
        shutil.copytree(shelf, var / "media" / "broadcasts", copy_function=os.link)
    return ladder


@pytest.fixture
def playwright(monkeypatch: pytest.MonkeyPatch) -> Iterator[Playwright]:
    # Playwright keeps a loop running in this thread, so Django takes the test for async. One
    # for each test: a loop left running would be met by whatever this worker tests next.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as running:
        yield running


@pytest.fixture
def browser(playwright: Playwright) -> Iterator[Browser]:
    wanted = [WHOLE, WITHOUT_WINDOW] if TAKES_PICTURES else [WITHOUT_WINDOW, WHOLE]
    path = next((one for one in wanted if one.exists()), None)
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    """The clock of a server, for files whose ``beside`` is its environment."""
    return make_clock(tmp_path)


@pytest.fixture
def beside() -> dict[str, str]:
    """Further settings of the journeys' server; a file of journeys may give its own."""
    return {}


@pytest.fixture
def stage(
    transactional_db: None, var: Path, ladder: Ladder, tmp_path: Path, beside: dict[str, str]
) -> Iterator[Stage]:
    """Start the server on an evening that has been running for twenty seconds."""
    evening = make_evening()
    broadcast = Broadcast.objects.create(
        public_id=BROADCAST, title="样片", state="ready", ladder=msgspec.to_builtins(ladder)
    )
    begun = now() - RUNNING_FOR
    today = begun.astimezone(SHANGHAI).date()
    Campaign.objects.filter(pk=evening.campaign.pk).update(
        first_on=today, last_on=today, replay_until=begun + timedelta(days=7)
    )
    Lecture.objects.filter(pk=evening.lecture.pk).update(
        held_on=today, broadcast=broadcast,
        doors_at=begun - timedelta(minutes=10), starts_at=begun, ends_at=begun + LENGTH,
        closes_at=begun + timedelta(hours=12),
    )  # fmt: skip
    evening.lecture.refresh_from_db()
    with serving(var, tmp_path, **beside) as origin:
        yield Stage(origin=origin, evening=evening, cast=make_cast(evening.tree))


@contextmanager
def serving(var: Path, folder: Path, *, called: str = "127.0.0.1", **beside: str) -> Iterator[str]:
    """Run the product on the tests' database and give its origin; ``beside`` are further settings."""
    port = free_port()
    origin = f"http://{called}:{port}"
    environment = {
        "DATABASE_URL": url_of_tests(), "MINGTIAN_VAR": str(var), "MINGTIAN_ORIGIN": origin,
        "MINGTIAN_SECOND_FACTOR": "offered", **beside,
    }  # fmt: skip
    server = Server(port=port, environment=environment, log=folder / "server.log")
    server.start()
    try:
        yield origin
    finally:
        server.stop()


@pytest.fixture
def phone(browser: Browser, stage: Stage) -> Iterator[BrowserContext]:
    """An old small phone in Chinese."""
    context = visit(browser, stage)
    yield context
    context.close()


@pytest.fixture
def desk(browser: Browser, stage: Stage) -> Iterator[BrowserContext]:
    """The principal's computer, signed in."""
    context = signed_in(browser, stage, stage.cast.principal, size=DESK)
    yield context
    context.close()


def visit(
    browser: Browser, place: OnTheAir, *, size: ViewportSize = PHONE, locale: str = "zh-CN",
    script: bool = True,
) -> BrowserContext:  # fmt: skip
    """Return a reader's browser that shows things where they come to rest.

    A colour still on its way belongs to no state, and whatever measures it differs by the moment.
    """
    return browser.new_context(
        viewport=size, locale=locale, base_url=place.origin, java_script_enabled=script,
        reduced_motion="reduce",
    )  # fmt: skip


def signed_in(
    browser: Browser, place: OnTheAir, user: User, *, size: ViewportSize = PHONE,
    locale: str = "zh-CN", script: bool = True,
) -> BrowserContext:  # fmt: skip
    """Return the browser of somebody who has signed in at the desk."""
    context = visit(browser, place, size=size, locale=locale, script=script)
    sign_in(context, user, place.origin)
    return context


def sign_in(context: BrowserContext, user: User, origin: str) -> None:
    """Give the browser a session of this person, with what signing in keeps in it."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    keep_navigation(session, list_posts(user.pk, day_of(now())))
    session.create()
    cookie = {"name": "sessionid", "value": str(session.session_key), "url": origin}
    context.add_cookies([cookie])  # type: ignore[list-item]
