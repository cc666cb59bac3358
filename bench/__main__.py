"""bin/bench: measures everything once and prints a table, or JSON with ``--json``.

Method and targets: bench/README.md.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.ground import Ground
from bench.load import write_script

AT_LEAST = {
    "beat_vs_bare": 0.40,
    "beat_vs_django": 20.0,
    "enter_vs_django": 6.0,
    "certificate_pdf_per_core_second": 100,
    "credential_per_core_second": 500,
    "comment_vs_django": 10.0,
    "filter_comments_per_second": 100_000,
    "ledger_entries_per_second": 2_000,
    "readings_verified_per_second": 100_000,
}
AT_MOST = {
    "cases_rls_adds": 0.20,
    "cpu_seconds_per_million_beats": 80,
    "freshness_p99_ms": 1500,
    "board_city_ms": 20,
    "board_province_ms": 150,
    "load_733680_s": 60,
    "bytes_per_attendance": 150,
    "unlock_91710_s": 60,
    "closing_91710_s": 10,
    "trial_balance_1m_s": 1,
    "trial_balance_until_1m_s": 1,
    "digest_20000_s": 10,
    "desk_statements": 15,
    "family_page_kb_max": 60,
    "slow_link_usable_s": 6,
}


ONLY = (
    "boards, beats, django, enter, freshness, memory, load, comments, certificates, unlock, "
    "closing, ledger, readings, cases, pages, slow or desk"
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON only")
    parser.add_argument("--only", nargs="+", default=(), metavar="STEP", help=ONLY)
    options = parser.parse_args()
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory(prefix="mingtian-bench-") as folder:
        ground = Ground(Path(folder))
        try:
            with console.status("Laying the ground: a province of 30,000 classes"):
                ground.lay()
            results, failed = measure_all(ground, console, options.only)
        finally:
            ground.remove()
    if options.json:
        sys.stdout.write(json.dumps(results) + "\n")
    else:
        Console().print(table(results))
    return 1 if failed else 0


def measure_all(
    ground: Ground, console: Console, only: Collection[str]
) -> tuple[dict[str, float], list[str]]:
    """Run the measurements in order, each with a line that says what is being done.

    Returns the figures, and the names of the steps that gave none.
    """
    results: dict[str, float] = {}
    failed: list[str] = []
    for name, title, work in steps(ground):
        if not only or name in only:
            try:
                with console.status(title):
                    results.update(work())
            except Exception as error:  # noqa: BLE001 - the other figures are worth having
                console.print(f"[red]✗ {title}: {type(error).__name__} {error}[/red]")
                failed.append(name)
                continue
            console.print(f"[dim]✓ {title}[/dim]")
    return results, failed


def steps(ground: Ground) -> list[tuple[str, str, Callable[[], dict[str, float]]]]:
    """Return name, title and work of each measurement."""
    from bench.cases import cases
    from bench.certificates import per_core, unlock_91710
    from bench.closings import close_a_day
    from bench.comments import comments
    from bench.desk import desks
    from bench.freshness import freshness
    from bench.ledger import ledger
    from bench.measure import (
        bare_and_beats,
        beats_and_plain,
        boards,
        entries_and_plain,
        load_everything,
        memory_of_phones,
    )  # fmt: skip
    from bench.readings import readings
    from bench.weak import family_page_kb_max, slow_link_usable

    beats = write_script(ground.folder, "beats", "/b", ground.beats(50_000))

    def enter() -> dict[str, float]:
        entries = write_script(ground.folder, "entries", "/enter", ground.roster())
        return entries_and_plain(ground, entries)

    return [
        ("boards", "Boards of a city and a province", boards),
        ("beats", "Bare replies and durable beats, three times in turn",
         lambda: bare_and_beats(ground, beats)),
        ("django", "Durable beats and the plain Django view, each at its best number of processes",
         lambda: beats_and_plain(ground, beats)),
        ("enter", "Entries, ours and plain", enter),
        ("freshness", "Age of the city's board at 5,000 beats a second", lambda: freshness(ground)),
        ("memory", "Memory of ingest at 1,000 and 100,000 phones", lambda: memory_of_phones(ground)),
        ("load", "733,680 attendances through the merge", lambda: load_everything(ground)),
        ("comments", "Comments: intake, word list, digest", lambda: comments(ground)),
        ("certificates", "Certificates drawn and signed", per_core),
        ("unlock", "91,710 certificates unlocked by two, one killed", lambda: unlock_91710(ground)),
        ("closing", "A city's day frozen and recounted", lambda: close_a_day(ground)),
        ("ledger", "A million entries posted, summed up and recounted", lambda: ledger(ground)),
        ("readings", "Readings of children's files noted and recounted", lambda: readings(ground)),
        ("cases", "A county's list of cases, with policies and without", lambda: cases(ground)),
        ("pages", "The weight of the family pages", family_page_kb_max),
        ("slow", "A hall on a slow link", slow_link_usable),
        ("desk", "The desks of a school and of a city", lambda: desks(ground)),
    ]  # fmt: skip


def table(results: dict[str, float]) -> Table:
    """Return the results with their targets beside them."""
    shown = Table("what", "measured", "target", "")
    for name, value in results.items():
        target, met = "", ""
        if name in AT_LEAST:
            target, met = f"≥ {AT_LEAST[name]}", "✓" if value >= AT_LEAST[name] else "✗"
        elif name in AT_MOST:
            target, met = f"≤ {AT_MOST[name]}", "✓" if value <= AT_MOST[name] else "✗"
        shown.add_row(name, f"{value:,}", target, met)
    return shown


if __name__ == "__main__":
    sys.exit(main())
