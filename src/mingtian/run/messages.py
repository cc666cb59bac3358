"""Checks that every sentence in the code has its Chinese translation, and compiles them.

    bin/messages             check all modules, then compile
    bin/messages --add       write missing sentences into the files, empty, for the translator
    bin/messages --compile   compile only

Sentences in the code are English (docs/decisions/0003). Each module keeps the Chinese of
its own sentences in ``locale/zh_Hans/LC_MESSAGES/django.po``. Needs none of gettext's tools.
"""

import argparse
import os
import re
import sys
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.mofile import write_mo
from babel.messages.pofile import normalize, read_po

from mingtian.run.extraction import Message, UnreadableSentence, messages_in

PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = "zh_Hans"
PLACEHOLDER = re.compile(r"%\((\w+)\)[#0\- +]*\d*(?:\.\d+)?[a-z]|(?<!%)(?:%%)*%([sd])|\{(\w*)\}")
HEADER = """msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""

Key = tuple[str | None, str]
"""Context and sentence: what gettext looks a translation up by."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """Something that keeps a sentence from being read in Chinese, and where it stands."""

    where: str
    what: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}: {self.sentence!r}"


def modules(package: Path = PACKAGE) -> list[Path]:
    """Return the folders of the modules that may show sentences: Django's applications."""
    return sorted(path.parent for path in package.glob("*/apps.py"))


def catalogue_path(module: Path) -> Path:
    return module / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def read_catalogue(path: Path) -> Catalog:
    """Return the translations of one file; an empty catalogue when there is no file."""
    if not path.exists():
        return Catalog(locale=LOCALE)
    with path.open("rb") as opened:
        return read_po(opened, locale=LOCALE, abort_invalid=True)


def faults_of(module: Path) -> list[Fault]:
    """Return what is missing, empty, doubtful, unlike the original, or no longer used."""
    path = catalogue_path(module)
    catalogue = read_catalogue(path)
    used: dict[Key, Message] = {}
    faults = []
    for found in messages_in(module):
        if isinstance(found, UnreadableSentence):
            faults.append(Fault(where=found.where, what=found.why, sentence=found.source))
            continue
        used.setdefault((found.context, found.singular), found)
    for message in used.values():
        entry = catalogue.get(message.singular, message.context)
        if (what := _fault(message, entry)) is not None:
            faults.append(Fault(where=message.where, what=what, sentence=message.singular))
    return faults + list(_left_over(path, catalogue, used.keys()))


def _fault(message: Message, entry: Entry | None) -> str | None:
    """Say what is wrong with the translation of one sentence, or None."""
    if entry is None:
        return "has no translation"
    translated = _strings(entry.string)
    if not all(translated):
        return "has an empty translation"
    if entry.fuzzy:
        return "has a translation marked as doubtful (fuzzy)"
    if message.plural is not None and not entry.pluralizable:
        return "counts things, so its translation needs msgid_plural and msgstr[0]"
    wanted = placeholders(message.plural or message.singular)
    if any(placeholders(text) != wanted for text in translated):
        return "has other placeholders than its translation"
    return None


def _strings(string: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [string or ""] if isinstance(string, str | None) else list(string)


def _left_over(path: Path, catalogue: Catalog, used: Set[Key]) -> Iterator[Fault]:
    for entry in catalogue:
        singular = _strings(entry.id)[0]
        if singular and (entry.context, singular) not in used:
            where = f"{path.relative_to(path.parents[4])}:{entry.lineno}"
            yield Fault(where=where, what="is translated but not used", sentence=singular)
    for obsolete in catalogue.obsolete.values():
        where = str(path.relative_to(path.parents[4]))
        yield Fault(where=where, what="is obsolete", sentence=_strings(obsolete.id)[0])


def placeholders(text: str) -> set[str]:
    """Return what a sentence takes: ``%(count)d`` and ``{count}`` give ``count``, ``%s`` gives ``s``."""
    return {name or letter or braced for name, letter, braced in PLACEHOLDER.findall(text)}


def disagreements(package: Path = PACKAGE) -> list[Fault]:
    """Return sentences that two modules translate differently: Django would show only one."""
    seen: dict[Key, tuple[str, str]] = {}
    faults = []
    for module in modules(package):
        for entry in read_catalogue(catalogue_path(module)):
            key = (entry.context, _strings(entry.id)[0])
            chinese = _strings(entry.string)[0]
            first, there = seen.setdefault(key, (chinese, module.name))
            if key[1] and chinese != first:
                what = f"is {chinese!r} here and {first!r} in {there}; use pgettext or one wording"
                faults.append(Fault(where=module.name, what=what, sentence=key[1]))
    return faults


def add_missing(module: Path) -> int:
    """Append what has no entry yet to the module's file, empty; return how many."""
    path = catalogue_path(module)
    catalogue = read_catalogue(path)
    missing = {
        (found.context, found.singular): found
        for found in messages_in(module)
        if isinstance(found, Message) and catalogue.get(found.singular, found.context) is None
    }
    if missing:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8") if path.exists() else HEADER
        text += "".join(f"\n{_entry_text(message)}" for message in missing.values())
        path.write_text(text, encoding="utf-8")
    return len(missing)


def _entry_text(message: Message) -> str:
    lines = [f"#: {message.where}"]
    if message.context is not None:
        lines.append(f"msgctxt {normalize(message.context)}")
    lines.append(f"msgid {normalize(message.singular)}")
    if message.plural is None:
        lines.append('msgstr ""')
    else:
        lines += [f"msgid_plural {normalize(message.plural)}", 'msgstr[0] ""']
    return "\n".join(lines) + "\n"


def compile_all(package: Path = PACKAGE) -> int:
    """Write the ``.mo`` files that Django reads, where the source is newer; return how many."""
    count = 0
    for module in modules(package):
        source = catalogue_path(module)
        compiled = source.with_suffix(".mo")
        if not source.exists() or _is_newer(compiled, source):
            continue
        draft = compiled.with_suffix(f".{os.getpid()}")
        with draft.open("wb") as opened:
            write_mo(opened, read_catalogue(source))
        # Whole or not at all: a server may be reading it.
        draft.replace(compiled)
        count += 1
    return count


def _is_newer(compiled: Path, source: Path) -> bool:
    return compiled.exists() and compiled.stat().st_mtime_ns > source.stat().st_mtime_ns


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="bin/messages", description="Translations.")
    parser.add_argument("--add", action="store_true", help="write missing sentences, empty")
    parser.add_argument("--compile", action="store_true", help="compile without checking")
    chosen = parser.parse_args(arguments)
    if chosen.add:
        print(f"{sum(add_missing(module) for module in modules())} sentences added")
    if not chosen.compile:
        faults = [fault for module in modules() for fault in faults_of(module)] + disagreements()
        for fault in faults:
            print(fault)
        if faults:
            print(f"\n{len(faults)} faults. Write the Chinese into the module's django.po "
                  "(bin/messages --add prepares the entries).")  # fmt: skip
            return 1
    print(f"{compile_all()} files compiled")
    return 0


if __name__ == "__main__":
    sys.exit(main())
