"""Mingtian: the working system of a regional care committee."""

__version__ = "0.1.0"
