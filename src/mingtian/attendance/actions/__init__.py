"""Writes to attendance from elsewhere than a phone."""

from mingtian.attendance.actions.bring_in import Arrived, Attended, bring_in

__all__ = ["Arrived", "Attended", "bring_in"]
