"""Views of readiness."""
