"""Every style sheet, script and picture that a page names is there and can be collected."""

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles import finders
from django.core.management import call_command

from mingtian.web.finders import FILES, PREFIX
from tests import tree

NAMED = re.compile(r"{%\s*static\s+[\"']([^\"']+)[\"']")


@pytest.mark.parametrize(
    "path",
    [path for path in tree.files("src/*.html") if NAMED.search(tree.text_of(path))],
    ids=tree.name_of,
)
def test_files_named_by_a_page_exist(path: Path) -> None:
    missing = [name for name in NAMED.findall(tree.text_of(path)) if finders.find(name) is None]
    assert missing == []


@pytest.mark.parametrize("name", FILES)
def test_files_of_the_front_end_packages_are_where_they_were(name: str) -> None:
    assert finders.find(PREFIX + name) is not None, "Run bin/setup; has the package moved the file?"


@pytest.mark.slow
def test_all_files_are_collected_with_their_hash(tmp_path: Path, settings: LazySettings) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "mingtian.web.storage.HashedFiles"}
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    assert (tmp_path / "staticfiles.json").exists()
    assert list((tmp_path / "web").glob("tokens.*.css.gz"))
