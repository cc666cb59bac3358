"""Pages of accounts: signing in, joining, the own account, people of a unit, the trail."""
