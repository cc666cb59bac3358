-- Tables of closings that only statements write.

-- The tallies as they stood at a lecture's end.
CREATE TABLE closings_at_end_line (
    lecture integer NOT NULL,
    unit integer NOT NULL,
    kind smallint NOT NULL,
    arrived integer NOT NULL,
    slots bigint NOT NULL,
    PRIMARY KEY (lecture, unit, kind)
);

-- What is frozen: persons by kind (1-7), devices (100), households (101), and what stands beside
-- (102 helped, 103 exempt, 110-113 noted by hand, 120 classes that watched together, 121 their
-- heads). expected is NULL where no denominator was frozen. counted_* are the phones' own numbers
-- where people corrected them.
CREATE TABLE closings_line (
    lecture integer NOT NULL REFERENCES closings_closing (lecture_id) DEFERRABLE INITIALLY DEFERRED,
    unit integer NOT NULL REFERENCES org_unit,
    kind smallint NOT NULL,
    arrived integer NOT NULL CHECK (arrived >= 0),
    completed integer NOT NULL CHECK (completed BETWEEN 0 AND arrived),
    expected integer,
    counted_arrived integer NOT NULL,
    counted_completed integer NOT NULL,
    PRIMARY KEY (lecture, unit, kind)
);

-- Frozen is frozen. Whoever goes past this is found by `mingtian audit verify`.
CREATE FUNCTION closings_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a frozen day does not change';
END $$;

CREATE TRIGGER closings_line_stays BEFORE UPDATE OR DELETE ON closings_line
FOR EACH STATEMENT EXECUTE FUNCTION closings_refuse_change();

CREATE TRIGGER closings_closing_stays BEFORE UPDATE OR DELETE ON closings_closing
FOR EACH STATEMENT EXECUTE FUNCTION closings_refuse_change();
