"""One file for all modules of a page: the same effect, no name lost, nothing guessed."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from mingtian.web.joining import NotJoinable, joined, modules_of

FILES = {
    "main": 'import { add as plus, ONE } from "./sum.js";\nimport * as all from "./sum.js";\n'
    "const inner = 5;\nconsole.log(JSON.stringify([plus(inner, ONE), all.ONE, typeof add]));\n",
    "sum": "// Adds.\nconst inner = 1;\nexport const ONE = inner;\n"
    "export function add(a, b) {\n  return a + b;\n}\n",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder / "main.js"


def test_the_joined_file_does_what_the_modules_do(tmp_path: Path) -> None:
    whole = tmp_path / "whole.mjs"
    whole.write_text(joined(write(tmp_path, FILES)), encoding="utf-8")

    ran = subprocess.run(["node", str(whole)], capture_output=True, text=True, check=True)

    assert json.loads(ran.stdout) == [6, 1, "undefined"]


@pytest.mark.parametrize(
    "line", ['export { a } from "./sum.js";', 'import sum from "./sum.js";', "export default 1;"]
)
def test_what_is_not_foreseen_is_refused(tmp_path: Path, line: str) -> None:
    entry = write(tmp_path, {**FILES, "main": f"{line}\n"})

    with pytest.raises(NotJoinable, match=r"main\.js"):
        joined(entry)


def test_modules_in_a_circle_are_refused(tmp_path: Path) -> None:
    entry = write(tmp_path, {"main": 'import { a } from "./main.js";\n'})

    with pytest.raises(NotJoinable):
        joined(entry)


@pytest.mark.parametrize("name", settings.JOINED_SCRIPTS)
def test_every_joined_file_is_found_and_parses(name: str) -> None:
    found = finders.find(name)
    assert found
    source = finders.find(settings.JOINED_SCRIPTS[name])
    assert source

    assert len(modules_of(Path(source))) > 5
    if shutil.which("node"):
        subprocess.run(
            ["node", "--input-type=module", "--check"],
            input=Path(found).read_text(encoding="utf-8"), text=True, check=True,
        )  # fmt: skip
