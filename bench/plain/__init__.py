"""What one would write first: Django views that check the same things and save with the ORM."""
