import gettext
import os
from pathlib import Path

import pytest
from django.utils import translation

from mingtian.run import messages

CODE = """from django.utils.translation import gettext_lazy, ngettext
A = gettext_lazy("Sign in")
B = ngettext("%(n)d class", "%(n)d classes", 2)
"""
CATALOGUE = """
msgid "Sign in"
msgstr "登录"

msgid "%(n)d class"
msgid_plural "%(n)d classes"
msgstr[0] "%(n)d 个班"
"""


@pytest.fixture
def module(tmp_path: Path) -> Path:
    """A module with two sentences and their translations."""
    folder = tmp_path / "package" / "desk"
    folder.mkdir(parents=True)
    (folder / "apps.py").touch()
    (folder / "views.py").write_text(CODE, encoding="utf-8")
    write(folder, CATALOGUE)
    return folder


def write(module: Path, catalogue: str) -> None:
    path = messages.catalogue_path(module)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(messages.HEADER + catalogue, encoding="utf-8")


def test_a_complete_catalogue_has_no_fault(module: Path) -> None:
    assert messages.faults_of(module) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('msgid "Sign in"', 'msgid "Sign on"', "has no translation"),
        ('"登录"', '""', "has an empty translation"),
        ('msgid "Sign in"', '#, fuzzy\nmsgid "Sign in"', "marked as doubtful"),
        ("%(n)d 个班", "%(count)d 个班", "other placeholders"),
        ("%(n)d 个班", "一个班", "other placeholders"),
        ('msgid_plural "%(n)d classes"\nmsgstr[0]', "msgstr", "needs msgid_plural"),
        ('msgid "Sign in"', 'msgid "Old"\nmsgstr "旧"\n\nmsgid "Sign in"', "not used"),
        ('msgid "Sign in"', '#~ msgid "Old"\n#~ msgstr "旧"\n\nmsgid "Sign in"', "is obsolete"),
    ],
)
def test_what_is_wrong_with_a_catalogue_is_told(
    module: Path, old: str, new: str, what: str
) -> None:
    write(module, CATALOGUE.replace(old, new))

    assert what in str(messages.faults_of(module)[0])


def test_a_sentence_in_the_tests_needs_no_translation(module: Path) -> None:
    (module / "tests").mkdir()
    (module / "tests" / "test_x.py").write_text(CODE.replace("Sign in", "Only here"))

    assert messages.faults_of(module) == []


def test_two_wordings_of_one_sentence_are_a_fault(module: Path) -> None:
    other = module.parent / "boards"
    other.mkdir()
    (other / "apps.py").touch()
    write(other, 'msgid "Sign in"\nmsgstr "登入"\n')

    (fault,) = messages.disagreements(module.parent)

    assert "use pgettext or one wording" in fault.what


def test_missing_sentences_are_added_empty_and_once(module: Path) -> None:
    write(module, "")

    assert (messages.add_missing(module), messages.add_missing(module)) == (2, 0)
    assert {fault.what for fault in messages.faults_of(module)} == {"has an empty translation"}


def test_compiled_sentences_are_those_that_gettext_reads(module: Path) -> None:
    assert messages.compile_all(module.parent) == 1

    folder = str(module / "locale")
    read = gettext.translation("django", folder, [messages.LOCALE])
    assert read.gettext("Sign in") == "登录"
    assert read.ngettext("%(n)d class", "%(n)d classes", 7) == "%(n)d 个班"


def test_files_are_compiled_again_only_when_their_source_is_newer(module: Path) -> None:
    messages.compile_all(module.parent)
    assert messages.compile_all(module.parent) == 0

    source = messages.catalogue_path(module)
    later = source.with_suffix(".mo").stat().st_mtime + 1
    os.utime(source, (later, later))
    assert messages.compile_all(module.parent) == 1


def test_the_folder_is_named_as_django_names_the_language() -> None:
    assert translation.to_locale("zh-hans") == messages.LOCALE


def test_english_readers_get_the_sentence_of_the_code() -> None:
    with translation.override("en"):
        assert translation.gettext("This page cannot be shown") == "This page cannot be shown"
        assert translation.ngettext("%(n)d class", "%(n)d classes", 2) == "%(n)d classes"
