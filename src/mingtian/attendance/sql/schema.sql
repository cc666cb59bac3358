-- Tables of attendance. Lectures, units and kinds are small integers of other modules.

-- A phone in one household during one campaign. A repeated entry finds its row again.
CREATE TABLE attendance_seat (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    campaign integer NOT NULL REFERENCES campaigns_campaign,
    phone bytea NOT NULL CHECK (octet_length(phone) = 16),
    household bigint NOT NULL REFERENCES people_household,
    unit integer NOT NULL REFERENCES org_unit,
    persons bigint[] NOT NULL CHECK (cardinality(persons) BETWEEN 1 AND 8),
    created_at timestamptz NOT NULL,
    UNIQUE (campaign, phone, household)
);

-- Wrong number or name, counted by phone, code and day (never by address).
CREATE TABLE attendance_try (
    phone bytea NOT NULL,
    code integer NOT NULL,
    day date NOT NULL,
    tries smallint NOT NULL,
    PRIMARY KEY (phone, code)
);

-- One person at one lecture: two maps of sixty slots. unit and kind are those of the first
-- beat and never change, so the tallies can be recounted from these rows alone.
-- live IS NULL: never came while it was on. fillfactor and the lone primary key keep
-- updates HOT.
CREATE TABLE attendance_record (
    person bigint NOT NULL,
    live bigint CHECK (live BETWEEN 0 AND 1152921504606846975),
    replay bigint NOT NULL DEFAULT 0 CHECK (replay BETWEEN 0 AND 1152921504606846975),
    lecture integer NOT NULL,
    unit integer NOT NULL,
    kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 7),
    PRIMARY KEY (lecture, person)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

-- The first beat of a seat at a lecture: what lies before it is clipped; devices counted.
CREATE TABLE attendance_arrival (
    seat bigint NOT NULL,
    household bigint NOT NULL,
    lecture integer NOT NULL,
    unit integer NOT NULL,
    first_slot smallint NOT NULL CHECK (first_slot BETWEEN 0 AND 60),
    PRIMARY KEY (lecture, seat)
);

-- A household at a lecture, once, at the unit of its first seat there.
CREATE TABLE attendance_home (
    household bigint NOT NULL,
    lecture integer NOT NULL,
    unit integer NOT NULL,
    PRIMARY KEY (lecture, household)
);

-- What was counted, by lecture, counting unit and kind (1-7 persons, 100 devices,
-- 101 households). curve holds sixty counters of eight decimal digits each, slot 0 lowest:
-- numeric addition adds them all at once (docs/decisions/0004).
CREATE TABLE attendance_tally (
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
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

-- A bit once set stays set, whoever writes (a grow-only set). The condition is checked
-- without calling the function, so an honest update pays almost nothing.
CREATE FUNCTION attendance_refuse_loss() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'attendance_record only grows';
END $$;

CREATE TRIGGER attendance_record_grows BEFORE UPDATE ON attendance_record FOR EACH ROW
WHEN (OLD.live IS NOT NULL AND (NEW.live IS NULL OR OLD.live & ~NEW.live <> 0)
      OR OLD.replay & ~NEW.replay <> 0)
EXECUTE FUNCTION attendance_refuse_loss();
