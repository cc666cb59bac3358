"""Sums up the year of care by town, county and city, with basis and bounds, and masks small cells."""
