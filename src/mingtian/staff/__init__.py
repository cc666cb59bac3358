"""Keeps the accounts of staff: invitations, second factors, hand-overs."""
