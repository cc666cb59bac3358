-- What has been issued stays as it went out; only that a later one took its place is added, and
-- accounts may go.
CREATE FUNCTION bulletins_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR
       to_jsonb(new) - '{superseded_at,drafted_by_id,edited_by_id,issued_by_id}'::text[]
       IS DISTINCT FROM
       to_jsonb(old) - '{superseded_at,drafted_by_id,edited_by_id,issued_by_id}'::text[]
    THEN
        RAISE EXCEPTION 'an issued bulletin does not change';
    END IF;
    RETURN new;
END $$;

CREATE TRIGGER bulletins_bulletin_stays BEFORE UPDATE OR DELETE ON bulletins_bulletin
FOR EACH ROW WHEN (old.issued_at IS NOT NULL) EXECUTE FUNCTION bulletins_refuse_change();
