-- The phones of one household: read when a home leaves, and by each deletion of a household.
CREATE INDEX attendance_seat_household ON attendance_seat (household);
