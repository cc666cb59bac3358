-- Whoever owns the tables may take these roles and inherits nothing from them: policies for the
-- keeper would open every row to the owner.
-- Roles belong to the whole cluster: another database, or a test beside this one, may have made them.
DO $$
DECLARE
    missing text;
BEGIN
    FOREACH missing IN ARRAY ARRAY['mingtian_case', 'mingtian_keeper'] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS', missing);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
        IF NOT pg_has_role(current_user, missing, 'SET') THEN
            BEGIN
                EXECUTE format('GRANT %I TO %I WITH INHERIT FALSE, SET TRUE', missing, current_user);
            EXCEPTION WHEN internal_error OR unique_violation THEN
                -- Somebody grants the same at this moment.
                NULL;
            END;
        END IF;
    END LOOP;
END $$;
