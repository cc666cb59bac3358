"""Reads of rules, progress, certificates and rates. Names of people are nowhere in here."""

from mingtian.certificates.queries.certificates import (
    CertificateRow,
    State,
    check_serial,
    kept_about,
    list_certificates,
)
from mingtian.certificates.queries.progress import Progress, progress_of
from mingtian.certificates.queries.rates import RateRow, rate_of, unlock_rates_below

__all__ = [
    "CertificateRow",
    "Progress",
    "RateRow",
    "State",
    "check_serial",
    "kept_about",
    "list_certificates",
    "progress_of",
    "rate_of",
    "unlock_rates_below",
]
