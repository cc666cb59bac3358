"""Owns campaigns with their mandate, lectures, broadcasts, learning codes and denominators.

Knows nothing of attendance; attendance reads lectures and codes through ``queries``.
"""
