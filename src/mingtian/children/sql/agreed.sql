-- Functions that tell something of one child, and of children whose number the caller sees alone.
GRANT CREATE ON SCHEMA public TO mingtian_keeper;
SET LOCAL ROLE mingtian_keeper;

-- What checking a consent needs: the year and what was agreed or withdrawn. No name, no day of birth.
CREATE OR REPLACE FUNCTION children_agreed(children bigint[], what text)
RETURNS TABLE (child bigint, birth_year smallint, given text[], withdrawn text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT who.child_id, who.birth_year,
           coalesce(array_agg(consent.party::text) FILTER (WHERE consent.withdrawn_at IS NULL
                                                             AND consent.id IS NOT NULL), '{}'),
           coalesce(array_agg(consent.party::text) FILTER (WHERE consent.withdrawn_at IS NOT NULL), '{}')
    FROM children_identity who
    LEFT JOIN children_consent consent ON consent.child_id = who.child_id AND consent.purpose = what
    WHERE who.child_id = ANY (children) AND vault_sees(who.child_id)
    GROUP BY who.child_id, who.birth_year
$$;

-- Whether somebody of the child's place works for it at this instant. Not who has left the post, nor who stayed
-- behind where the child has moved away. Who, is nobody's business here.
CREATE OR REPLACE FUNCTION children_has_worker(child bigint, at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (
        SELECT FROM vault_child one
        JOIN vault_reach reach ON reach.child_id = one.id AND reach.part = 'worker'
         AND reach.starts_at <= at AND (reach.ends_at IS NULL OR reach.ends_at > at)
        JOIN children_workers_of(ARRAY[one.unit_id], (at AT TIME ZONE 'Asia/Shanghai')::date) AS near
          ON near.user_id = reach.user_id
        WHERE one.id = child AND vault_sees(one.id))
$$;

RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM mingtian_keeper;
