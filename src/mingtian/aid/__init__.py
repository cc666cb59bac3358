"""Keeps grants from entitlement to receipt, against dated rates, and explains totals that cannot be."""
