"""Reads of supervision: where help is wanted, and the figures of an evening."""

from mingtian.supervision.queries.help import BelowRow, CallRow, TicketRow
from mingtian.supervision.queries.report import DayReport, day_report
from mingtian.supervision.queries.todo import list_todos

__all__ = ["BelowRow", "CallRow", "DayReport", "TicketRow", "day_report", "list_todos"]
