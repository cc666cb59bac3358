"""Keeps cases: assessment, plan, services, guardianship, talks, reports of duty, problems."""
