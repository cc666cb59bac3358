"""Finds what pages load: the modules' own files, and chosen ones of the packages of ``npm ci``."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder, BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage, Storage

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
