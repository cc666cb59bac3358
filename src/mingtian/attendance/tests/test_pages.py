import gzip
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from mingtian.attendance.ingest.pages import fill
from mingtian.attendance.pages import render_shells

ALLOWED_BYTES = 60 * 1024
LANGUAGES = ["zh-hans", "en"]
PLACES = {
    "enter": {"title", "school", "unit", "issuer", "facts"},
    "hall": {"title", "lecture_title", "issuer", "facts"},
}
STATIC = re.compile(r'(?:src|href)="/static/([^"]+)"')
PLAYER = "npm/hls.js/"
IMPORT = re.compile(r'from "\./([a-z]+\.js)"')


@pytest.fixture(scope="module")
def shells(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str]:
    written = render_shells(tmp_path_factory.mktemp("pages"))
    return {(path.parent.name, path.stem): path.read_text(encoding="utf-8") for path in written}


def found(name: str) -> Path:
    path = finders.find(name)
    assert path, name
    return Path(path)


def with_imports(script: Path, seen: set[Path]) -> set[Path]:
    if script not in seen:
        seen.add(script)
        for name in IMPORT.findall(script.read_text(encoding="utf-8")):
            with_imports(script.parent / name, seen)
    return seen


def files_of(html: str) -> set[Path]:
    files: set[Path] = set()
    for name in STATIC.findall(html):
        if name.startswith(PLAYER):
            continue
        with_imports(found(name), files)
    return files


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PLACES)
def test_a_shell_leaves_open_exactly_what_ingest_fills(
    shells: dict[tuple[str, str], str], language: str, page: str
) -> None:
    assert set(re.findall(r"⟦(\w+)⟧", shells[language, page])) == PLACES[page]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PLACES)
def test_a_family_page_is_small(
    shells: dict[tuple[str, str], str], language: str, page: str
) -> None:
    """At most 60 KB gzipped with its styles and scripts, the player library apart (COD-2)."""
    html = shells[language, page]
    contents = [html.encode(), *(path.read_bytes() for path in files_of(html))]

    assert sum(len(gzip.compress(content)) for content in contents) <= ALLOWED_BYTES


@pytest.mark.parametrize("page", PLACES)
def test_each_language_has_its_own_words(shells: dict[tuple[str, str], str], page: str) -> None:
    chinese, english = shells["zh-hans", page], shells["en", page]

    assert '<html lang="zh-Hans"' in chinese
    assert '<html lang="en"' in english
    assert 'href="?lang=en"' in chinese
    assert 'href="?lang=zh-hans"' in english
    assert re.findall(r"[一-鿿]", english.replace("中文", "")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_one_line_has_its_three_sentences(
    shells: dict[tuple[str, str], str], language: str
) -> None:
    block = re.search(
        r'<script id="words" type="application/json">(.*?)</script>', shells[language, "hall"]
    )
    assert block
    words = json.loads(block[1])

    assert set(words["standing"]) == {"recorded", "kept", "not_counted"}
    assert all(words["standing"].values())


@pytest.mark.parametrize("page", PLACES)
def test_a_shell_has_no_inline_style_or_script_and_nothing_from_elsewhere(
    shells: dict[tuple[str, str], str], page: str
) -> None:
    html = shells["zh-hans", page]

    assert " style=" not in html
    assert re.findall(r"\son[a-z]+=", html) == []
    assert re.findall(r'(?:src|href)="(?:https?:)?//', html) == []
    assert all(
        'src="' in tag or "application/json" in tag for tag in re.findall(r"<script[^>]*>", html)
    )


def test_a_filled_page_keeps_its_facts_readable_for_scripts(
    shells: dict[tuple[str, str], str],
) -> None:
    title = "</script><b>“三年级二班”"
    html = fill(shells["zh-hans", "enter"], {"unit": title}, {"unit": title, "title": title})

    block = re.search(r'id="facts">(.*?)</script>', html)
    assert block
    assert json.loads(block[1]) == {"unit": title}
    assert "<b>“" not in html


def test_every_file_that_a_page_names_exists(shells: dict[tuple[str, str], str]) -> None:
    files = files_of(shells["zh-hans", "hall"]) | files_of(shells["zh-hans", "enter"])

    assert {"hall.joined.js", "enter.joined.js", "family.joined.css", "early.js"} <= {
        path.name for path in files
    }


@pytest.mark.parametrize("page", PLACES)
def test_a_page_asks_for_one_script_of_its_own_and_one_style_sheet(
    shells: dict[tuple[str, str], str], page: str
) -> None:
    """COD-2: on a weak network each file costs a journey."""
    names = STATIC.findall(shells["zh-hans", page])

    own = [name for name in names if name.startswith("attendance/")]
    assert len(own) == 3
    assert set(own) == {
        "attendance/family.joined.css", f"attendance/{page}.joined.js", "attendance/too_old.js",
    }  # fmt: skip
    assert len([name for name in names if name.startswith(PLAYER)]) == 1


def test_the_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("build_pages", to=tmp_path)

    assert (
        sorted(path.name for path in tmp_path.rglob("*.html"))
        == ["enter.html"] * 2 + ["hall.html"] * 2 + ["refused.html"] * 2
    )
    assert capsys.readouterr().out.count("bytes") == 6
