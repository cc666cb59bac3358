"""Watches the days and offers help: alerts, tickets, visits."""
