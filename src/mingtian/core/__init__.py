"""What every module leans on: clock, identifiers, environment, errors, audit, figures, seals.

Knows no HTTP and no other module.
"""
