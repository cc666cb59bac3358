-- The second wall. Two roles that own nothing and cannot sign in:
--   mingtian_case    acts for one person: sees what that person's posts and parts open.
--   mingtian_keeper  acts for the product itself: totals, erasure, terms, recounts. Never for a page
--                    that shows a child. Owns the functions below that must see more than a person.
-- Code takes a role for one transaction (vault/access.py). The owner of the tables, without a role,
-- sees no row at all: whoever forgets the door finds an empty room.

CREATE FUNCTION vault_ids(word text) RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    -- An unset setting is NULL at first and '' after the transaction that set it.
    SELECT coalesce(nullif(current_setting('mingtian.' || word, true), ''), '{}')::bigint[]
$$;

-- Whatever a person reaches, worked out once for the transaction.
CREATE FUNCTION vault_enter(
    who bigint, at timestamptz, day date, supervising text[], supervised text[],
    registering text[], clerks text[], parts_when_closed text[]
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    below record;
    mine record;
BEGIN
    SELECT array_agg(DISTINCT place.unit_id)
               FILTER (WHERE post.role = ANY (registering)
                          OR post.role = ANY (clerks)
                          OR (post.role = ANY (supervising) AND own.kind = ANY (supervised))) AS seen,
           array_agg(DISTINCT place.unit_id)
               FILTER (WHERE post.role = ANY (supervising) AND own.kind = ANY (supervised)) AS supervised,
           array_agg(DISTINCT place.unit_id) FILTER (WHERE post.role = ANY (registering)) AS registering,
           array_agg(DISTINCT place.unit_id) FILTER (WHERE post.role = ANY (clerks)) AS clerks
    INTO below
    FROM org_post post
    JOIN auth_user person ON person.id = post.user_id AND person.is_active
    JOIN org_unit own ON own.id = post.unit_id
    JOIN org_placement top ON top.unit_id = post.unit_id AND top.line = post.line
     AND org_holds(top.starts_on, top.ends_on, day)
    JOIN org_placement place ON place.line = post.line AND place.path <@ top.path
     AND org_holds(place.starts_on, place.ends_on, day)
    JOIN org_unit lower_unit ON lower_unit.id = place.unit_id AND lower_unit.kind = ANY (supervised)
    WHERE post.user_id = who AND org_holds(post.starts_on, post.ends_on, day)
      AND post.role = ANY (supervising || registering || clerks);

    SELECT array_agg(DISTINCT child_id) FILTER (WHERE part = 'worker') AS worker,
           array_agg(DISTINCT child_id) FILTER (WHERE part = 'helper') AS helper,
           array_agg(DISTINCT child_id) FILTER (WHERE part = 'counsellor') AS counsellor,
           array_agg(DISTINCT child_id) FILTER (WHERE part = 'reader') AS reader,
           array_agg(DISTINCT child_id) FILTER (WHERE part IN ('worker', 'reader')) AS files,
           array_agg(DISTINCT child_id) AS reached
    INTO mine
    FROM vault_reach reach
    JOIN auth_user person ON person.id = reach.user_id AND person.is_active
    JOIN vault_child child ON child.id = reach.child_id AND child.erased_at IS NULL
    WHERE reach.user_id = who AND reach.starts_at <= at AND (reach.ends_at IS NULL OR reach.ends_at > at)
      -- Who has left the post has left the child, whether or not somebody thought of the part.
      AND EXISTS (
          SELECT FROM org_post post
          WHERE post.user_id = who AND org_holds(post.starts_on, post.ends_on, day)
            AND (reach.part = 'reader' OR post.role = CASE reach.part
                 WHEN 'worker' THEN 'case_worker' WHEN 'helper' THEN 'helper'
                 WHEN 'counsellor' THEN 'counsellor' END))
      AND (child.state = 'open' OR reach.part = ANY (parts_when_closed));

    PERFORM set_config('mingtian.user', who::text, true),
            set_config('mingtian.units', coalesce(below.seen, '{}')::text, true),
            set_config('mingtian.supervised', coalesce(below.supervised, '{}')::text, true),
            set_config('mingtian.registering', coalesce(below.registering, '{}')::text, true),
            set_config('mingtian.clerks', coalesce(below.clerks, '{}')::text, true),
            set_config('mingtian.worker', coalesce(mine.worker, '{}')::text, true),
            set_config('mingtian.helper', coalesce(mine.helper, '{}')::text, true),
            set_config('mingtian.counsellor', coalesce(mine.counsellor, '{}')::text, true),
            set_config('mingtian.reader', coalesce(mine.reader, '{}')::text, true),
            set_config('mingtian.files', coalesce(mine.files, '{}')::text, true),
            set_config('mingtian.reached', coalesce(mine.reached, '{}')::text, true);
END $$;

CREATE FUNCTION vault_leave() RETURNS void LANGUAGE sql AS $$
    SELECT set_config('mingtian.' || word, '', true)
    FROM unnest(ARRAY['user', 'units', 'supervised', 'registering', 'clerks', 'worker', 'helper', 'counsellor',
                      'reader', 'files', 'reached']) AS word
$$;

-- The units whose children a person supervises on a day. For the counts of what waits.
CREATE FUNCTION vault_supervised(who bigint, day date) RETURNS SETOF integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT DISTINCT place.unit_id
    FROM org_post post
    JOIN auth_user person ON person.id = post.user_id AND person.is_active
    JOIN org_unit own ON own.id = post.unit_id
     AND own.kind IN ('county', 'township', 'village', 'school')
    JOIN org_placement top ON top.unit_id = post.unit_id AND top.line = post.line
     AND org_holds(top.starts_on, top.ends_on, day)
    JOIN org_placement place ON place.line = post.line AND place.path <@ top.path
     AND org_holds(place.starts_on, place.ends_on, day)
    WHERE post.user_id = who AND post.role IN ('office', 'director')
      AND org_holds(post.starts_on, post.ends_on, day)
$$;

-- What waits for a person: requests to decide, and glasses broken before seven this morning.
CREATE FUNCTION vault_waits(who bigint, at timestamptz, day date)
RETURNS TABLE (kind text, number bigint, due timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH below AS MATERIALIZED (SELECT unit FROM vault_supervised(who, day) AS unit),
    told AS (
        SELECT date_trunc('day', (at AT TIME ZONE 'Asia/Shanghai') - interval '7 hours')
               + interval '7 hours' AS hour
    ),
    waiting AS (
        SELECT CASE WHEN request.granted IS NULL THEN 'vault.request' ELSE 'vault.glass' END AS kind
        FROM vault_request request
        JOIN vault_child child ON child.id = request.child_id
        WHERE request.asked_by_id <> who
          AND (request.granted IS NULL
               OR (request.kind = 'glass' AND request.reviewed_at IS NULL
                   AND request.asked_at < (SELECT hour AT TIME ZONE 'Asia/Shanghai' FROM told)))
          AND (child.unit_id IN (SELECT unit FROM below) OR child.school_id IN (SELECT unit FROM below))
    )
    SELECT kind, count(*), NULL::timestamptz FROM waiting GROUP BY kind
$$;

-- Says whether a child is one whose lists of aid the person enters.
CREATE FUNCTION vault_enters_lists_of(child bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (
        SELECT FROM vault_child one
        WHERE one.id = child AND one.erased_at IS NULL
          AND (one.school_id = ANY (vault_ids('clerks')) OR one.unit_id = ANY (vault_ids('clerks'))))
$$;

-- Gives a part in the life of a child that the person at the door supervises, registers or works for.
-- Who only enters or pays aid gives nobody anything.
CREATE FUNCTION vault_give(
    child bigint, who bigint, what text, since timestamptz, until timestamptz, why text
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    given bigint;
BEGIN
    IF NOT EXISTS (
        SELECT FROM vault_child one
        WHERE one.id = child AND one.erased_at IS NULL
          AND (one.unit_id = ANY (vault_ids('supervised') || vault_ids('registering'))
               OR one.school_id = ANY (vault_ids('supervised') || vault_ids('registering'))
               OR one.id = ANY (vault_ids('worker'))))
    THEN
        RAISE EXCEPTION 'no such child' USING ERRCODE = 'no_data_found';
    END IF;
    INSERT INTO vault_reach (child_id, user_id, part, starts_at, ends_at, source, given_by_id)
    VALUES (child, who, what, since, until, why, nullif(current_setting('mingtian.user', true), '')::bigint)
    ON CONFLICT (child_id, user_id, part, source) WHERE ends_at IS NULL DO NOTHING
    RETURNING id INTO given;
    RETURN given;
END $$;

-- Ends the parts that a source gave. Whoever sees the child may end; nobody can lengthen.
CREATE FUNCTION vault_end(child bigint, why text, at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    ended integer;
BEGIN
    UPDATE vault_reach reach SET ends_at = greatest(at, reach.starts_at)
    FROM vault_child one
    WHERE one.id = reach.child_id AND reach.child_id = child AND reach.source = why
      AND (reach.ends_at IS NULL OR reach.ends_at > at)
      AND (one.unit_id = ANY (vault_ids('supervised') || vault_ids('registering'))
           OR one.school_id = ANY (vault_ids('supervised') || vault_ids('registering'))
           OR one.id = ANY (vault_ids('worker')));
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;

-- Writes one reading for each child. Only through here: nobody may write into the log directly. Whoever
-- reads by leave alone reads for the purpose of that leave, whatever page it is.
CREATE FUNCTION vault_note(
    children bigint[], what text, why text, at timestamptz, turned_away boolean
) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    INSERT INTO vault_reading (at, "user", child, classes, purpose, refused)
    SELECT at, current_setting('mingtian.user')::bigint, child, what,
           CASE WHEN child = ANY (vault_ids('reader'))
                 AND NOT child = ANY (vault_ids('worker') || vault_ids('helper') || vault_ids('counsellor'))
                THEN coalesce((SELECT CASE leave.kind WHEN 'glass' THEN 'broken_glass'
                                                      ELSE 'approved_reading' END
                               FROM vault_request leave
                               WHERE leave.child_id = child AND leave.opens_until > at
                                 AND leave.asked_by_id = current_setting('mingtian.user')::bigint
                               ORDER BY leave.asked_at DESC LIMIT 1), why)
                ELSE why END,
           turned_away
    FROM unnest(children) AS child
$$;

-- The text of a reading that the chain is made of; docs/mechanisms/vault.md shows how to recompute it.
CREATE FUNCTION vault_text(reading vault_reading) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT concat_ws('|', reading.id, (extract(epoch FROM reading.at) * 1000000)::bigint,
                     reading."user", reading.child, reading.classes, reading.purpose, reading.refused)
$$;

CREATE TABLE vault_head (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    number bigint NOT NULL,
    digest bytea NOT NULL
);
INSERT INTO vault_head (number, digest) VALUES (0, '');

-- At the end of the transaction, so that readers wait for each other only while committing.
CREATE FUNCTION vault_link_reading() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    last vault_head;
    loose vault_reading;
BEGIN
    -- The first row of a transaction links all of them: what is seen without a link is its own, for
    -- everybody else's was linked before it could be seen.
    IF EXISTS (SELECT FROM vault_link WHERE reading_id = NEW.id) THEN
        RETURN NULL;
    END IF;
    -- The row is there again after a test has emptied all tables.
    INSERT INTO vault_head (number, digest) VALUES (0, '') ON CONFLICT DO NOTHING;
    SELECT * INTO last FROM vault_head FOR UPDATE;
    FOR loose IN
        SELECT reading.* FROM vault_reading reading
        WHERE reading.id >= NEW.id
          AND NOT EXISTS (SELECT FROM vault_link link WHERE link.reading_id = reading.id)
        ORDER BY reading.id
    LOOP
        last.number := last.number + 1;
        last.digest := sha256(last.digest || convert_to(vault_text(loose), 'UTF8'));
        INSERT INTO vault_link (number, reading_id, digest) VALUES (last.number, loose.id, last.digest);
    END LOOP;
    UPDATE vault_head SET number = last.number, digest = last.digest;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER vault_reading_linked AFTER INSERT ON vault_reading
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION vault_link_reading();

CREATE FUNCTION vault_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was read stays written';
END $$;

CREATE TRIGGER vault_reading_stays BEFORE UPDATE OR DELETE ON vault_reading
FOR EACH STATEMENT EXECUTE FUNCTION vault_refuse_change();
CREATE TRIGGER vault_link_stays BEFORE UPDATE OR DELETE ON vault_link
FOR EACH STATEMENT EXECUTE FUNCTION vault_refuse_change();

-- Opens a table to the two roles: rows by policies of its own for mingtian_case, all for the keeper,
-- none for the owner. Each module calls it for each table about children.
CREATE PROCEDURE vault_guard(guarded regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', guarded);
    EXECUTE format('CREATE POLICY keeper ON %s TO mingtian_keeper USING (true) WITH CHECK (true)', guarded);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO mingtian_keeper', guarded);
END $$;

CALL vault_guard('vault_child');
CALL vault_guard('vault_reach');
CALL vault_guard('vault_reading');
CALL vault_guard('vault_link');
CALL vault_guard('vault_tombstone');
CALL vault_guard('vault_request');
REVOKE UPDATE, DELETE ON vault_reading, vault_link FROM mingtian_keeper;
GRANT SELECT, INSERT, UPDATE ON vault_head TO mingtian_keeper;

GRANT SELECT, INSERT ON vault_child TO mingtian_case;
GRANT UPDATE (unit_id, school_id, state) ON vault_child TO mingtian_case;
CREATE POLICY seen ON vault_child FOR SELECT TO mingtian_case USING (
    unit_id = ANY ((SELECT vault_ids('units'))::bigint[])
    OR school_id = ANY ((SELECT vault_ids('units'))::bigint[])
    OR id = ANY ((SELECT vault_ids('reached'))::bigint[]));
CREATE POLICY admitted ON vault_child FOR INSERT TO mingtian_case WITH CHECK (
    unit_id = ANY ((SELECT vault_ids('registering'))::bigint[])
    OR school_id = ANY ((SELECT vault_ids('clerks'))::bigint[])
    OR unit_id = ANY ((SELECT vault_ids('clerks'))::bigint[]));
CREATE POLICY moved ON vault_child FOR UPDATE TO mingtian_case
USING (unit_id = ANY ((SELECT vault_ids('supervised') || vault_ids('registering'))::bigint[])
       OR id = ANY ((SELECT vault_ids('worker'))::bigint[]))
WITH CHECK (true);

-- Whoever reaches a child may see by whom else it is reached.
GRANT SELECT ON vault_reach TO mingtian_case;
CREATE POLICY seen ON vault_reach FOR SELECT TO mingtian_case USING (
    user_id = nullif(current_setting('mingtian.user', true), '')::bigint
    OR child_id IN (SELECT id FROM vault_child));

-- Who asks sees the own requests; who supervises sees those about children below, and decides.
GRANT SELECT, INSERT ON vault_request TO mingtian_case;
GRANT UPDATE (decided_by_id, decided_at, granted, opens_until, reviewed_by_id, reviewed_at, verdict)
    ON vault_request TO mingtian_case;
CREATE POLICY seen ON vault_request FOR SELECT TO mingtian_case USING (
    asked_by_id = nullif(current_setting('mingtian.user', true), '')::bigint
    OR child_id IN (
        SELECT id FROM vault_child
        WHERE unit_id = ANY ((SELECT vault_ids('supervised'))::bigint[])
           OR school_id = ANY ((SELECT vault_ids('supervised'))::bigint[])));
-- Who asks writes no decision along: asking.sql.
CREATE POLICY decided ON vault_request FOR UPDATE TO mingtian_case USING (
    asked_by_id <> nullif(current_setting('mingtian.user', true), '')::bigint
    AND child_id IN (
        SELECT id FROM vault_child
        WHERE unit_id = ANY ((SELECT vault_ids('supervised'))::bigint[])
           OR school_id = ANY ((SELECT vault_ids('supervised'))::bigint[])))
WITH CHECK (true);

-- What the two roles read around the child.
GRANT SELECT ON org_unit, org_unit_name, org_placement, org_post TO mingtian_case, mingtian_keeper;
GRANT SELECT (id, username, is_active, first_name, last_name) ON auth_user TO mingtian_case, mingtian_keeper;
GRANT SELECT, INSERT ON core_audit_entry TO mingtian_case, mingtian_keeper;

-- Gives functions that count for people to the keeper. A role may own functions only where it may
-- create; so it may for the length of this.
CREATE PROCEDURE vault_give_to_keeper(VARIADIC functions regprocedure[]) LANGUAGE plpgsql AS $$
DECLARE
    each regprocedure;
BEGIN
    GRANT CREATE ON SCHEMA public TO mingtian_keeper;
    FOREACH each IN ARRAY functions LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO mingtian_keeper', each);
    END LOOP;
    REVOKE CREATE ON SCHEMA public FROM mingtian_keeper;
END $$;

CALL vault_give_to_keeper(
    'vault_enter(bigint, timestamptz, date, text[], text[], text[], text[], text[])',
    'vault_enters_lists_of(bigint)',
    'vault_supervised(bigint, date)',
    'vault_waits(bigint, timestamptz, date)',
    'vault_give(bigint, bigint, text, timestamptz, timestamptz, text)',
    'vault_end(bigint, text, timestamptz)',
    'vault_note(bigint[], text, text, timestamptz, boolean)',
    'vault_link_reading()'
);
