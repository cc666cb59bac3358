-- For functions of the keeper that tell something of one child: whether the caller sees its number, or is the keeper.
GRANT CREATE ON SCHEMA public TO mingtian_keeper;
SET LOCAL ROLE mingtian_keeper;

CREATE OR REPLACE FUNCTION vault_sees(child bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    -- The role that was taken, whoever owns this function.
    SELECT current_setting('role') = 'mingtian_keeper' OR EXISTS (
        SELECT FROM vault_child one
        WHERE one.id = child
          AND (one.unit_id = ANY (vault_ids('units')) OR one.school_id = ANY (vault_ids('units'))
               OR one.id = ANY (vault_ids('reached'))))
$$;

RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM mingtian_keeper;
