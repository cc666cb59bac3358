"""Mingtian: the working system of a regional care committee."""
