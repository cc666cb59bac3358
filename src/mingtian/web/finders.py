"""Finds what pages load: the modules' own files, chosen packages of ``npm ci``, joined scripts."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder, BaseFinder, find
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage, Storage

from mingtian.web.joining import joined

PREFIX = "npm/"
FILES = (
    "htmx.org/dist/htmx.min.js",
    "hls.js/dist/hls.light.min.mjs",
    "hls.js/dist/hls.light.min.js",
    "echarts/dist/echarts.min.js",
)
"""Only what pages load; packages hold much that should not be published."""


class ModulesFinder(AppDirectoriesFinder):
    """Finds the files of this product's modules; libraries bring scripts that no page loads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        own = [app.name for app in apps.get_app_configs() if app.name.startswith("mingtian.")]
        super().__init__(own, *args, **kwargs)


class PackagesFinder(BaseFinder):
    """Finds the files in ``FILES`` below ``settings.NODE_MODULES``, under ``npm/``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.NODE_MODULES)
        self.storage.prefix = PREFIX.rstrip("/")  # type: ignore[attr-defined]
        super().__init__(*args, **kwargs)

    def find(self, path: str, find_all: bool = False, **_: Any) -> Any:
        name = path.removeprefix(PREFIX)
        known = path.startswith(PREFIX) and name in FILES and self.storage.exists(name)
        found = self.storage.path(name) if known else None
        if find_all:
            return [found] if found else []
        return found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Storage]]:
        for name in FILES:
            if not matches_patterns(name, list(ignore_patterns or [])):
                yield name, self.storage


class JoinedFinder(BaseFinder):
    """Makes and finds ``settings.JOINED_SCRIPTS`` and ``JOINED_SHEETS``, anew each time.

    A sheet may name files beside itself only if its part lies in the folder of the whole.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "joined")
        super().__init__(*args, **kwargs)

    def find(self, path: str, find_all: bool = False, **_: Any) -> Any:
        found = self._made(path) if path in self._names() else None
        if find_all:
            return [found] if found else []
        return found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Storage]]:
        for name in self._names():
            if not matches_patterns(name, list(ignore_patterns or [])):
                self._made(name)
                yield name, self.storage

    def _names(self) -> tuple[str, ...]:
        return (*settings.JOINED_SCRIPTS, *settings.JOINED_SHEETS)

    def _made(self, name: str) -> str:
        sources = [_source(one) for one in settings.JOINED_SHEETS.get(name, ())]
        made = (
            "".join(one.read_text(encoding="utf-8") for one in sources)
            if sources
            else joined(_source(settings.JOINED_SCRIPTS[name]))
        )
        path = Path(self.storage.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(made, encoding="utf-8")
        draft.replace(path)
        return str(path)


def _source(name: str) -> Path:
    found = find(name)
    assert isinstance(found, str), "a file of one of our modules"
    return Path(found)
