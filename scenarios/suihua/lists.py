"""The campaign's frozen lists of the ten counties (RNK-1), and the check of them at scale 1.

``python -m scenarios.suihua.lists`` builds the whole city in a private database of its own, freezes
its eight evenings, and fails unless the lists say what the reports say (F3, F16, F17).
"""

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import django

from mingtian.core.actor import Actor
from mingtian.run.place import new_key
from mingtian.run.postgres import Cluster

if TYPE_CHECKING:
    from scenarios.suihua.city import City

    from mingtian.bulletins.queries import Listing

CITY_TOTAL, ZHAODONG_TOTAL, COUNTIES = 733_680, 128_620, 10
TODAY = date(2023, 9, 26)
NOW = datetime(2023, 9, 26, 1, 0, tzinfo=UTC)
ACTOR = "system:scenario"


def freeze_all(city: "City") -> None:
    """Freeze every evening at its closing time."""
    from mingtian.closings.actions import freeze
    from mingtian.closings.queries import list_days

    for day in list_days(city.campaign_id):
        freeze(day=day, by=Actor(username=ACTOR), now=day.closes_at)


def list_counties(city: "City", by: str = "persons", *, of_campaign: bool = True) -> "Listing":
    """Return the list of the counties up to the last evening, as the city's office sees it."""
    from scenarios.suihua.places import CITY

    from mingtian.bulletins.lists import Indicator
    from mingtian.bulletins.queries import list_units
    from mingtian.closings.queries import list_days
    from mingtian.org.queries import path_on, unit_rows

    day = list_days(city.campaign_id)[-1]
    unit = unit_rows([city.units[CITY]], day.held_on)[city.units[CITY]]
    path = path_on(unit.id, day.held_on)
    return list_units(day, unit, path, Indicator(by), day.closes_at, of_campaign=of_campaign)


def main(arguments: Sequence[str] = ()) -> int:
    """Build, freeze, list and compare; print what was found and how long reading it took."""
    scale = Fraction(arguments[0]) if arguments else Fraction(1)
    with tempfile.TemporaryDirectory(prefix="mingtian-lists-") as folder:
        cluster = Cluster(Path(folder) / "pg")
        try:
            cluster.start()
            cluster.ensure_database("mingtian")
            cluster.ensure_database("mingtian_keys")
            keys = ("MINGTIAN_SEAT_KEYS", "MINGTIAN_SEAL_KEYS", "MINGTIAN_INDEX_KEY")
            os.environ.update(
                {name: new_key() for name in keys},
                DATABASE_URL=cluster.url(),
                KEYS_DATABASE_URL=cluster.url("mingtian_keys"),
            )
            os.environ["DJANGO_SETTINGS_MODULE"] = "mingtian.settings"
            django.setup()
            return _check(scale)
        finally:
            cluster.stop()


def _check(scale: Fraction) -> int:
    from django.core.management import call_command
    from scenarios.suihua.build import build
    from scenarios.suihua.city import Options, september
    from scenarios.suihua.load import load_evenings

    call_command("migrate", verbosity=0)
    options = Options(password=new_key(), scale=scale, seed=1, first_on=september(2023))
    city = build(options=options, today=TODAY, actor=ACTOR, now=NOW)
    load_evenings(city=city, today=TODAY, actor=ACTOR, now=NOW)
    freeze_all(city)
    begun = time.perf_counter()
    listing = list_counties(city)
    seconds = time.perf_counter() - begun
    _tell_bulletin(city)
    [(_kind, entries)] = listing.groups
    for each in entries:
        sys.stdout.write(f"{each.place or '-':>3} {each.title:8} {each.value:>9,}\n")
    sys.stdout.write(f"    whole    {listing.total.value:>9,} {listing.total.basis}, ")
    sys.stdout.write(f"{listing.status}, read in {seconds * 1000:.0f} ms\n")
    first = (entries[0].value, listing.total.value, len(entries))
    as_reported = first == (ZHAODONG_TOTAL, CITY_TOTAL, COUNTIES)
    return 0 if as_reported or scale != 1 else 1


def _tell_bulletin(city: "City") -> None:
    """Say how long the figures of the city's bulletin of the last evening take to read."""
    from scenarios.suihua.places import CITY

    from mingtian.bulletins.queries import facts_of
    from mingtian.bulletins.rules import Kind
    from mingtian.closings.queries import list_days
    from mingtian.org.queries import path_on, unit_rows

    day = list_days(city.campaign_id)[-1]
    unit = unit_rows([city.units[CITY]], day.held_on)[city.units[CITY]]
    path = path_on(unit.id, day.held_on)
    begun = time.perf_counter()
    facts = facts_of(Kind.BULLETIN, day, unit, path, day.closes_at)
    seconds = time.perf_counter() - begun
    so_far = facts.figures["so_far"]
    sys.stdout.write(f"    bulletin {so_far.value:>9,} {so_far.basis}, ")
    sys.stdout.write(f"its figures read in {seconds * 1000:.0f} ms\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
