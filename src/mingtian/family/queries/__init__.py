"""Reads for the family's own pages."""
