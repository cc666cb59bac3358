-- Who has a part in a child's life and stands nowhere near it, since the child has moved; and whom its place lets stay.

CALL vault_guard('children_stay');
GRANT SELECT, INSERT ON children_stay TO mingtian_case;
CREATE POLICY seen ON children_stay FOR SELECT TO mingtian_case USING (
    child_id IN (SELECT id FROM vault_child));
CREATE POLICY confirmed ON children_stay FOR INSERT TO mingtian_case WITH CHECK (
    by_id = nullif(current_setting('mingtian.user', true), '')::bigint
    AND (child_id = ANY ((SELECT vault_ids('worker'))::bigint[])
         OR EXISTS (SELECT FROM vault_child child WHERE child.id = child_id
                    AND child.unit_id = ANY ((SELECT vault_ids('supervised'))::bigint[]))));

-- Who stands at each of these units or above it on a day by a post about children; a staff group stands where it belongs.
CREATE FUNCTION children_near(units bigint[], day date) RETURNS TABLE (unit_id bigint, user_id bigint, role text)
LANGUAGE sql STABLE AS $$
    WITH above AS MATERIALIZED (
        SELECT DISTINCT here.unit_id AS below_id, over.unit_id, over.line
        FROM org_placement here
        JOIN org_placement over ON over.line = here.line AND here.path <@ over.path
         AND org_holds(over.starts_on, over.ends_on, day)
        WHERE here.unit_id = ANY (units) AND org_holds(here.starts_on, here.ends_on, day)
    ), standing AS (
        SELECT above.below_id, above.unit_id, above.line FROM above
        UNION
        SELECT above.below_id, own.unit_id, own.line FROM above
        JOIN org_placement own ON own.superior_id = above.unit_id AND own.line = above.line
         AND org_holds(own.starts_on, own.ends_on, day)
        JOIN org_unit staff ON staff.id = own.unit_id AND staff.kind = 'staff_group'
    )
    SELECT DISTINCT standing.below_id::bigint, post.user_id::bigint, post.role::text
    FROM standing
    JOIN org_post post ON post.unit_id = standing.unit_id AND post.line = standing.line
     AND post.role IN ('case_worker', 'helper', 'counsellor') AND org_holds(post.starts_on, post.ends_on, day)
    JOIN auth_user person ON person.id = post.user_id AND person.is_active
$$;

-- Parts whose holders are far from their child. A worker is told once somebody of the place works for the child: before,
-- taking it up lets the other go. With the caller's own sight.
CREATE FUNCTION children_far(children bigint[], at timestamptz, day date)
RETURNS TABLE (child_id bigint, user_id bigint, part text, since timestamptz)
LANGUAGE sql STABLE AS $$
    WITH held AS MATERIALIZED (
        SELECT child.id, child.unit_id::bigint, child.school_id::bigint, reach.user_id::bigint, reach.part::text,
               min(reach.starts_at) AS since
        FROM vault_child child
        JOIN vault_reach reach ON reach.child_id = child.id AND reach.part IN ('worker', 'helper', 'counsellor')
         AND reach.starts_at <= at AND (reach.ends_at IS NULL OR reach.ends_at > at)
        WHERE child.id = ANY (children) AND child.erased_at IS NULL AND child.state = 'open'
        GROUP BY child.id, child.unit_id, child.school_id, reach.user_id, reach.part
    ), near AS MATERIALIZED (
        SELECT * FROM children_near(
            ARRAY(SELECT unit_id FROM held UNION SELECT school_id FROM held WHERE school_id IS NOT NULL), day)
    ), beside AS MATERIALIZED (
        SELECT held.id, held.user_id, held.part FROM held
        JOIN near ON near.user_id = held.user_id
         AND near.role = CASE held.part WHEN 'worker' THEN 'case_worker' ELSE held.part END
         AND (near.unit_id = held.unit_id OR (near.unit_id = held.school_id AND held.part <> 'worker'))
    )
    SELECT held.id, held.user_id, held.part, held.since FROM held
    WHERE NOT EXISTS (SELECT FROM beside WHERE beside.id = held.id AND beside.user_id = held.user_id
                                           AND beside.part = held.part)
      AND (held.part <> 'worker' OR EXISTS (SELECT FROM beside WHERE beside.id = held.id AND beside.part = 'worker'))
      AND NOT EXISTS (SELECT FROM children_stay stay
                      WHERE stay.child_id = held.id AND stay.user_id = held.user_id AND stay.part = held.part
                        AND stay.unit_id = held.unit_id AND stay.school_id IS NOT DISTINCT FROM held.school_id)
$$;

-- Children of whose helpers and others somebody is to say whether they stay: for offices of their place below the county,
-- or at it, and for whoever works for them.
CREATE FUNCTION children_settling(who bigint, at timestamptz, day date) RETURNS TABLE (kind text, child_id bigint)
LANGUAGE sql STABLE AS $$
    WITH near AS MATERIALIZED (
        SELECT place.unit_id FROM org_post post
        JOIN auth_user person ON person.id = post.user_id AND person.is_active
        JOIN org_unit own ON own.id = post.unit_id AND own.kind IN ('county', 'township', 'village')
        JOIN org_placement top ON top.unit_id = post.unit_id AND top.line = post.line
         AND org_holds(top.starts_on, top.ends_on, day)
        JOIN org_placement place ON place.line = post.line AND place.path <@ top.path
         AND org_holds(place.starts_on, place.ends_on, day)
         AND (place.unit_id = post.unit_id OR own.kind <> 'county')
        WHERE post.user_id = who AND post.role IN ('office', 'director')
          AND org_holds(post.starts_on, post.ends_on, day)
    ), mine AS MATERIALIZED (
        SELECT child.id, child.unit_id FROM vault_reach reach
        JOIN vault_child child ON child.id = reach.child_id
        WHERE reach.user_id = who AND reach.part = 'worker' AND reach.starts_at <= at
          AND (reach.ends_at IS NULL OR reach.ends_at > at)
    ), workers AS MATERIALIZED (
        SELECT * FROM children_workers_of(ARRAY(SELECT unit_id::bigint FROM mine), day)
    )
    SELECT DISTINCT 'children.far', far.child_id
    FROM children_far(
        ARRAY(SELECT child.id FROM vault_child child WHERE child.unit_id IN (SELECT unit_id FROM near)
              UNION
              -- A worker who is far as well settles nothing: children.moved says so.
              SELECT mine.id FROM mine
              JOIN workers ON workers.unit_id = mine.unit_id AND workers.user_id = who), at, day) AS far
$$;

-- Functions of the keeper are the keeper's to replace.
GRANT CREATE ON SCHEMA public TO mingtian_keeper;
SET LOCAL ROLE mingtian_keeper;
CREATE OR REPLACE FUNCTION children_waits(who bigint, at timestamptz, day date)
RETURNS TABLE (kind text, number bigint, due timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT waiting.kind, count(*), NULL::timestamptz
    FROM (SELECT * FROM children_waiting(who, at, day) UNION ALL SELECT * FROM children_settling(who, at, day)) AS waiting
    GROUP BY waiting.kind
$$;
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM mingtian_keeper;
