"""Each child's own key, in a database of its own (KEYS_DATABASE_URL).

A key is 32 random bytes, wrapped under the installation's key for care (MINGTIAN_CARE_KEYS), and
leaves this module only unwrapped and in memory. Destroying it makes every copy of what it sealed
unreadable, in all backups of the main database; therefore backups of this store are kept 35 days
at most, and its list of tombstones is replayed after every restore (docs/mechanisms/vault.md).

The store has its own short transactions: a key is kept before anything is sealed with it, and gone
before an erasure is done.
"""

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import psycopg
from django.conf import settings
from psycopg_pool import ConnectionPool

from mingtian.core.seal import Place, Sealer

KEY_BYTES = 32


class KeyGone(LookupError):
    """The child has no key: it was erased, or never admitted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Buried:
    """A tombstone: the child's public id, on whose word, and when."""

    child: str
    basis: str
    at: datetime


def prepare() -> None:
    """Make the store's tables when they are missing. Safe to repeat and to run at once."""
    with _connection() as connection:
        connection.execute("SELECT pg_advisory_xact_lock(1000003)")
        connection.execute(_TABLES)


def make(child: str, *, now: datetime) -> bytes:
    """Make and keep a key for a child that has none, and return it."""
    key = os.urandom(KEY_BYTES)
    with _connection() as connection:
        connection.execute(
            "INSERT INTO vault_key (child, wrapped, made_at) VALUES (%s, %s, %s)",
            [child, _wrapper().seal(key.hex(), _place(child)), now],
        )
    return key


def make_many(children: Collection[str], *, now: datetime) -> dict[str, bytes]:
    """Make and keep a key for each child, in one statement."""
    made = {child: os.urandom(KEY_BYTES) for child in children}
    wrapped = [_wrapper().seal(key.hex(), _place(child)) for child, key in made.items()]
    with _connection() as connection:
        connection.execute(
            "INSERT INTO vault_key (child, wrapped, made_at)"
            " SELECT child, wrapped, %s FROM unnest(%s::text[], %s::bytea[]) AS t (child, wrapped)",
            [now, list(made), wrapped],
        )
    return made


def fetch(children: Collection[str]) -> dict[str, bytes]:
    """Return the keys of these children; who has none is missing. One statement."""
    with _connection() as connection:
        rows = connection.execute(
            "SELECT child, wrapped FROM vault_key WHERE child = ANY (%s)", [list(children)]
        ).fetchall()
    return {
        child: bytes.fromhex(_wrapper().open(wrapped, _place(child))) for child, wrapped in rows
    }


def destroy(child: str, *, basis: str, at: datetime) -> None:
    """Destroy the key and keep the tombstone, in one transaction. Safe to repeat."""
    with _connection() as connection:
        connection.execute("DELETE FROM vault_key WHERE child = %s", [child])
        connection.execute(
            "INSERT INTO vault_tombstone (child, basis, at) VALUES (%s, %s, %s)"
            " ON CONFLICT (child) DO NOTHING",
            [child, basis, at],
        )


def tombstones() -> list[Buried]:
    """Return every child that was erased, the oldest first."""
    with _connection() as connection:
        rows = connection.execute("SELECT child, basis, at FROM vault_tombstone ORDER BY at, child")
        return [Buried(child=child, basis=basis, at=at) for child, basis, at in rows]


def rewrap() -> int:
    """Wrap every key under the newest key for care; returns how many. Nothing sealed changes."""
    number = 0
    with _connection() as connection:
        for child, wrapped in connection.execute("SELECT child, wrapped FROM vault_key").fetchall():
            opened = _wrapper().open(wrapped, _place(child))
            connection.execute(
                "UPDATE vault_key SET wrapped = %s WHERE child = %s",
                [_wrapper().seal(opened, _place(child)), child],
            )
            number += 1
    return number


def _place(child: str) -> Place:
    return Place("vault_key", "wrapped", child)


@cache
def _wrapper() -> Sealer:
    return Sealer(settings.CARE_KEYS, settings.INDEX_KEY)


@cache
def _pool() -> ConnectionPool:
    # Opened at the first need: most processes never touch it. Statements are few and short.
    return ConnectionPool(settings.KEYS_DATABASE_URL, min_size=0, max_size=4, open=True)


@contextmanager
def _connection() -> Iterator[psycopg.Connection]:
    with _pool().connection() as connection, connection.transaction():
        yield connection


_TABLES = """
    CREATE TABLE IF NOT EXISTS vault_key (
        child text PRIMARY KEY, wrapped bytea NOT NULL, made_at timestamptz NOT NULL);
    CREATE TABLE IF NOT EXISTS vault_tombstone (
        child text PRIMARY KEY, basis text NOT NULL, at timestamptz NOT NULL);
"""
