"""Helpers of the tests: a private cluster, a cast, typed makers. Imported by tests only."""
