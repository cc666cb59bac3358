-- Gives everything in a database to the role that now owns it: folders from before belonged to the
-- superuser, whom row-level security does not bind. What extensions brought stays theirs.
DO $$
DECLARE
    statement text;
BEGIN
    FOR statement IN
        SELECT format('ALTER %s %s OWNER TO mingtian',
                      CASE relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END,
                      oid::regclass)
        FROM pg_class c
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'S')
          AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = c.oid AND deptype IN ('a', 'e', 'i')
                          AND (relkind = 'S' OR deptype = 'e'))
        UNION ALL
        SELECT format('ALTER ROUTINE %s OWNER TO mingtian', oid::regprocedure)
        FROM pg_proc p
        WHERE pronamespace = 'public'::regnamespace
          AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'e')
        UNION ALL
        SELECT format('ALTER TYPE %s OWNER TO mingtian', oid::regtype)
        FROM pg_type t
        WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')
          AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = t.oid AND deptype = 'e')
    LOOP
        EXECUTE statement;
    END LOOP;
    EXECUTE format('ALTER DATABASE %I OWNER TO mingtian', current_database());
END $$;
