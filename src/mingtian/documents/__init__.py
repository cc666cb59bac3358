"""Keeps numbered documents and follows them down the line."""
