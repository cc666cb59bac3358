"""Reads of protected children, without anything that tells who they are."""

from mingtian.vault.queries.readings import ReadingRow, list_readings, readings_of, told_reading
from mingtian.vault.queries.requests import RequestRow, list_requests, request_row

__all__ = [
    "ReadingRow",
    "RequestRow",
    "list_readings",
    "list_requests",
    "readings_of",
    "request_row",
    "told_reading",
]
