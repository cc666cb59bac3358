-- What the campaign's statements share. Run by migration 0003; write a new migration for a change.

-- Units that stand below the scope on the day, on either line, so that a sector committee
-- reaches its schools. The scope itself belongs to them.
CREATE FUNCTION campaigns_units_below(scope integer, day date) RETURNS SETOF integer
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT DISTINCT below.unit_id
    FROM org_placement AS own
    JOIN org_placement AS below ON below.line = own.line AND below.path <@ own.path
     AND org_holds(below.starts_on, below.ends_on, day)
    WHERE own.unit_id = scope AND org_holds(own.starts_on, own.ends_on, day)
$$;

-- Persons on rosters by counting unit and kind. Who leaves on the day itself is no longer
-- expected. Relatives and residents stand on no roster, so nobody is expected of them.
CREATE FUNCTION campaigns_rostered(scope integer, day date, kinds smallint[])
RETURNS TABLE (unit_id integer, kind smallint, persons bigint)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT p.unit_id, p.kind, count(*)
    FROM people_person AS p
    WHERE p.unit_id IN (SELECT campaigns_units_below(scope, day))
      AND p.kind = ANY (kinds)
      AND p.number_index IS NOT NULL
      AND (p.left_on IS NULL OR p.left_on > day)
    GROUP BY p.unit_id, p.kind
$$;
