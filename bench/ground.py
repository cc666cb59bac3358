"""The database that everything is measured on: a synthetic province and one evening on the air."""

import os
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from pathlib import Path

import django
import psycopg

from mingtian.attendance.ingest.store import QUERIES
from mingtian.attendance.ingest.tokens import Mint, Seat, Ticket, epoch_mark
from mingtian.core import env
from mingtian.core.ids import public_id
from mingtian.core.seal import Sealer
from mingtian.people.rules import CONSENT_VERSION
from mingtian.run.place import new_key
from mingtian.run.postgres import Cluster

HERE = Path(__file__).parent
ROOT = HERE.parent
LECTURE = 5
PROVINCE, CITY, FIRST_CLASS, CITY_CLASSES = 1, 10, 20_000, 2250
PHONES = 100_000
PUPILS = 60_000
ON_AIR = f"""
INSERT INTO campaigns_lecture
       (id, campaign_id, number, held_on, title, title_en, doors_at, starts_at, ends_at, closes_at)
VALUES ({LECTURE}, 1, {LECTURE}, current_date, 'Now', '', now() - interval '3 hours',
        now() - interval '2 hours 50 minutes', now() + interval '3 hours',
        now() + interval '1 day');
UPDATE campaigns_campaign SET last_on = current_date + 1;
INSERT INTO campaigns_learning_code (code, campaign_id, unit_id, audience, issued_at)
SELECT 'k' || lpad(n::text, 7, '0'), 1, {FIRST_CLASS} + n, 'class', now()
FROM generate_series(0, {CITY_CLASSES - 1}) AS n;
"""


@dataclass
class Ground:
    """A cluster with its keys. Made by :meth:`lay`, taken away by :meth:`remove`."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def lay(self) -> None:
        """Start the cluster, migrate, fill in the province, the codes and the rosters."""
        self.cluster = Cluster(self.folder / "pg")
        self.cluster.start()
        self.cluster.ensure_database("mingtian")
        self.cluster.ensure_database("mingtian_keys")
        self.url = self.cluster.url()
        self.environment.update(
            DATABASE_URL=self.url,
            KEYS_DATABASE_URL=self.cluster.url("mingtian_keys"),
            MINGTIAN_SEAT_KEYS=new_key(),
            MINGTIAN_SEAL_KEYS=new_key(),
            MINGTIAN_INDEX_KEY=new_key(),
        )
        os.environ.update(self.environment)
        self.manage("migrate", "--verbosity", "0")
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute((HERE / "province.sql").read_bytes())
            connection.execute(ON_AIR.encode())
            connection.execute((HERE / "plain" / "table.sql").read_bytes())
        os.environ["DJANGO_SETTINGS_MODULE"] = "mingtian.settings"
        django.setup()
        self.mint = Mint(env.keys("MINGTIAN_SEAT_KEYS"))

    def manage(self, *arguments: str) -> None:
        subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def office(self, unit: int = CITY) -> str:
        """Make another office of a unit, with a second factor, and return the key of its session."""
        from allauth.mfa.models import Authenticator
        from django.contrib.auth.models import User
        from django.contrib.sessions.backends.db import SessionStore

        from mingtian.org.models import Post

        user = User.objects.create_user(f"bench-office-{public_id()}")
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
        Post.objects.create(user=user, unit_id=unit, role="office", starts_on="2020-01-01")
        session = SessionStore()
        session["_auth_user_id"] = str(user.pk)
        session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
        session["_auth_user_hash"] = user.get_session_auth_hash()
        session.create()
        assert session.session_key is not None
        return session.session_key

    def remove(self) -> None:
        self.cluster.remove()

    def beats(self, phones: int, *, first: int = 0, persons: int = 1) -> list[str]:
        """Return the bodies of so many phones that have arrived, ``persons`` on each."""
        expires = int(time.time()) + 86_400
        bodies = []
        with psycopg.connect(self.url) as connection:
            ((text,),) = connection.execute(QUERIES["epoch"]).fetchall()
        epoch = epoch_mark(text)
        for number in range(first + 1, first + phones + 1):
            unit = FIRST_CLASS + number % CITY_CLASSES
            members = tuple((number * 8 + n, unit, 1 + n % 3) for n in range(persons))
            seat = self.mint.seat(Seat(expires, 1, number, number, unit, members))
            ticket = self.mint.ticket(Ticket(LECTURE, number, 0, epoch))
            bodies.append(
                f'{{"v":1,"seat":"{seat}","lecture":{LECTURE},"live":"@","replay":"",'
                f'"ticket":"{ticket}"}}'
            )
        return bodies

    def roster(self) -> list[str]:
        """Put pupils on rosters and return an entry for each: a child and its mother."""
        from mingtian.people.sealing import place_of

        sealer = Sealer(env.keys("MINGTIAN_SEAL_KEYS"), env.keys("MINGTIAN_INDEX_KEY")[1])
        entries = []
        with psycopg.connect(self.url) as connection, connection.cursor() as cursor:
            columns = (
                "public_id, kind, unit_id, kin, number_index, name_index, number_sealed,"
                " name_sealed, created_at"
            )
            with cursor.copy(f"COPY people_person ({columns}) FROM STDIN") as copy:
                for n in range(PUPILS):
                    unit, number, name = FIRST_CLASS + n % CITY_CLASSES, str(n), f"名{n}"
                    own = f"{n:012d}"
                    copy.write_row((
                        own, 1, unit, "", sealer.index("number", number, unit),
                        sealer.index("name", name, unit),
                        sealer.seal(number, place_of("number", own)),
                        sealer.seal(name, place_of("name", own)), "2026-01-01T00:00:00Z",
                    ))  # fmt: skip
                    entries.append(entry(n, number, name))
            connection.execute("ANALYZE people_person")
        return entries


def entry(n: int, number: str, name: str) -> str:
    phone = urlsafe_b64encode(n.to_bytes(16, "big")).rstrip(b"=").decode()
    return (
        f'{{"v":1,"code":"k{n % CITY_CLASSES:07d}","phone":"{phone}",'
        f'"people":[{{"number":"{number}","name":"{name}"}}],"kin":["mother"],'
        f'"consent":{{"version":{CONSENT_VERSION},"by":"guardian"}}}}'
    )
