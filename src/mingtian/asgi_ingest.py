"""The hot path alone, for a process of its own; loads no Django (docs/operations/run.md)."""

from mingtian import settings
from mingtian.attendance.ingest.app import Ingest
from mingtian.attendance.ingest.config import from_environment
from mingtian.attendance.ingest.service import Service

application = Ingest(
    Service(
        from_environment(
            database_url=settings.DATABASE_URL,
            seat_keys=settings.SEAT_KEYS,
            seal_keys=settings.SEAL_KEYS,
            index_key=settings.INDEX_KEY,
            pages=settings.PAGES_ROOT,
        )
    )
)
