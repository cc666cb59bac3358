"""Reads of rules, progress, certificates and rates. Names of people are nowhere in here."""
