"""Reads of protected children, without anything that tells who they are."""
