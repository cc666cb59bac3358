-- What waits at the register, and for whom nobody near works.

-- Functions of the keeper are the keeper's to take away.
SET ROLE mingtian_keeper;
DROP FUNCTION IF EXISTS children_has_worker(bigint, timestamptz), children_waits(bigint, timestamptz, date);
RESET ROLE;

-- The case workers who stand at each of these units or above it on a day.
CREATE FUNCTION children_workers_of(units bigint[], day date) RETURNS TABLE (unit_id bigint, user_id bigint)
LANGUAGE sql STABLE AS $$
    SELECT DISTINCT here.unit_id::bigint, post.user_id::bigint
    FROM org_placement here
    JOIN org_placement above ON above.line = here.line AND here.path <@ above.path
     AND org_holds(above.starts_on, above.ends_on, day)
    JOIN org_post post ON post.unit_id = above.unit_id AND post.line = here.line
     AND post.role = 'case_worker' AND org_holds(post.starts_on, post.ends_on, day)
    JOIN auth_user person ON person.id = post.user_id AND person.is_active
    WHERE here.unit_id = ANY (units) AND org_holds(here.starts_on, here.ends_on, day)
$$;

-- Which children wait for what of somebody: of a worker's own, consents to case work a week after registering, the
-- child's own consent from the year in which it turns 14, categories outgrown, children who have moved away; of
-- whoever answers first for a place, children whose worker has left or stayed behind. With the caller's own
-- sight: the keeper counts for the desk, a person at the door lists the same.
CREATE FUNCTION children_waiting(who bigint, at timestamptz, day date)
RETURNS TABLE (kind text, child_id bigint) LANGUAGE sql STABLE AS $$
    WITH mine AS MATERIALIZED (
        SELECT DISTINCT child.id, child.unit_id, child.admitted_at,
               extract(year FROM day) - identity.birth_year AS turning
        FROM vault_reach reach
        JOIN vault_child child ON child.id = reach.child_id AND child.erased_at IS NULL
         AND child.state = 'open'
        JOIN children_identity identity ON identity.child_id = child.id
        WHERE reach.user_id = who AND reach.part = 'worker' AND reach.starts_at <= at
          AND (reach.ends_at IS NULL OR reach.ends_at > at)
    ), near AS MATERIALIZED (
        SELECT place.unit_id FROM org_post post
        JOIN auth_user person ON person.id = post.user_id AND person.is_active
        JOIN org_unit own ON own.id = post.unit_id AND own.kind IN ('county', 'township', 'village')
        JOIN org_placement top ON top.unit_id = post.unit_id AND top.line = post.line
         AND org_holds(top.starts_on, top.ends_on, day)
        JOIN org_placement place ON place.line = post.line AND place.path <@ top.path
         AND org_holds(place.starts_on, place.ends_on, day)
         AND (place.unit_id = post.unit_id OR own.kind <> 'county')
        WHERE post.user_id = who AND post.role IN ('office', 'director', 'case_worker')
          AND org_holds(post.starts_on, post.ends_on, day)
    ), workers AS MATERIALIZED (
        SELECT * FROM children_workers_of(ARRAY(SELECT unit_id FROM near UNION SELECT unit_id FROM mine), day)
    )
    SELECT 'children.consent', mine.id FROM mine
    WHERE mine.admitted_at <= at - interval '7 days' AND NOT EXISTS (
        SELECT FROM children_consent consent
        WHERE consent.child_id = mine.id AND consent.purpose = 'case_work')
    UNION
    SELECT 'children.own_consent', mine.id FROM mine
    JOIN children_consent consent ON consent.child_id = mine.id AND consent.party = 'guardian'
     AND consent.withdrawn_at IS NULL
    WHERE mine.turning >= 14 AND NOT EXISTS (
        SELECT FROM children_consent own
        WHERE own.child_id = mine.id AND own.purpose = consent.purpose AND own.party = 'child')
    UNION
    SELECT 'children.outgrown', mine.id FROM mine
    JOIN children_category category ON category.child_id = mine.id AND category.ends_on IS NULL
    WHERE mine.turning > CASE category.category WHEN 'left_behind' THEN 16 ELSE 18 END
    UNION
    SELECT 'children.moved', mine.id FROM mine
    WHERE NOT EXISTS (SELECT FROM workers WHERE workers.unit_id = mine.unit_id AND workers.user_id = who)
    UNION
    SELECT 'children.without_worker', child.id FROM vault_child child
    WHERE child.unit_id IN (SELECT unit_id FROM near) AND child.erased_at IS NULL AND child.state = 'open'
      AND EXISTS (SELECT FROM vault_reach reach WHERE reach.child_id = child.id AND reach.part = 'worker')
      AND NOT EXISTS (
          SELECT FROM vault_reach reach
          JOIN workers ON workers.unit_id = child.unit_id AND workers.user_id = reach.user_id
          WHERE reach.child_id = child.id AND reach.part = 'worker' AND reach.starts_at <= at
            AND (reach.ends_at IS NULL OR reach.ends_at > at))
$$;

CREATE FUNCTION children_waits(who bigint, at timestamptz, day date)
RETURNS TABLE (kind text, number bigint, due timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT waiting.kind, count(*), NULL::timestamptz
    FROM children_waiting(who, at, day) AS waiting GROUP BY waiting.kind
$$;

CALL vault_give_to_keeper('children_waits(bigint, timestamptz, date)');
