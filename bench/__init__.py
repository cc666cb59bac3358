"""Measures Mingtian against the bare server and a plain Django view, on one machine, in one run."""
