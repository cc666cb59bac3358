"""Writes of certificates: rules, unlocking, revoking, leaving; and drawing, which opens names."""
