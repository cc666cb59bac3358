-- Seats that somebody helped to take (SGN-1).
ALTER TABLE attendance_seat ADD COLUMN assisted boolean NOT NULL DEFAULT false;

-- What was counted of persons, seats and homes whose rows are gone, by lecture, unit and kind:
-- a tally is always its rows and this. Nobody can be found in it.
CREATE TABLE attendance_forgotten (
    lecture integer NOT NULL,
    unit integer NOT NULL,
    kind smallint NOT NULL,
    arrived integer NOT NULL DEFAULT 0,
    completed integer NOT NULL DEFAULT 0,
    replayed integer NOT NULL DEFAULT 0,
    replay_completed integer NOT NULL DEFAULT 0,
    slots bigint NOT NULL DEFAULT 0,
    curve numeric NOT NULL DEFAULT 0,
    PRIMARY KEY (lecture, unit, kind)
);
