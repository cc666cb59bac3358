"""Closes the days: confirmed, frozen, and chained so that changes show."""
