-- One entry: check the roster, find or found the household, add relatives, keep the seat.
-- Repeating an entry finds everything again and changes nothing. Never raises for what a
-- person typed; the outcome says it, so one entry cannot spoil the batch it travels in.
--
-- entry: {"code": id, "phone": hex, "numbers": [hex], "names": [hex]  (blind indexes),
--         "kin": [label], "kinds": [kind], "household": id or null, "ids": [public id],
--         "at": timestamp, "consent": {"by": who} or null, "version": what consent must cover,
--         "language": of the reader, "assisted": bool}
-- typed: for each person the place of its number in the entry, NULL for all others.
CREATE OR REPLACE FUNCTION attendance_enter(entry jsonb)
RETURNS TABLE (outcome text, tries_left integer, campaign integer, seat bigint,
               household bigint, unit integer, persons bigint[], units integer[],
               kinds smallint[], kin text[], typed bigint[])
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    tries_allowed CONSTANT integer := 5;
    most_people CONSTANT integer := 8;
    the_phone CONSTANT bytea := decode(entry->>'phone', 'hex');
    at CONSTANT timestamptz := entry->>'at';
    today CONSTANT date := (at AT TIME ZONE 'Asia/Shanghai')::date;
    wanted CONSTANT integer := jsonb_array_length(entry->'numbers');
    ids CONSTANT text[] := ARRAY(SELECT jsonb_array_elements_text(entry->'ids'));
    the_kin CONSTANT text[] := ARRAY(SELECT jsonb_array_elements_text(entry->'kin'));
    the_code record;
    failed integer;
    matched bigint[] := '{}';
    ordinals bigint[] := '{}';
    homes bigint[];
    home bigint;
    seated bigint[];
    related bigint[];
    everyone bigint[];
    the_seat bigint;
    is_new boolean;
    agreed boolean := false;
    agrees CONSTANT text := entry->'consent'->>'by';
BEGIN
    SELECT k.id, k.campaign_id, k.unit_id, k.audience INTO the_code
    FROM campaigns_learning_code AS k JOIN campaigns_campaign AS c ON c.id = k.campaign_id
    WHERE k.id = (entry->>'code')::integer AND k.closed_at IS NULL AND c.state = 'open';
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'closed_code', NULL::integer, NULL::integer, NULL::bigint, NULL::bigint,
            NULL::integer, NULL::bigint[], NULL::integer[], NULL::smallint[], NULL::text[], NULL::bigint[];
        RETURN;
    END IF;

    IF wanted > 0 THEN
        SELECT t.tries INTO failed FROM attendance_try AS t
        WHERE t.phone = the_phone AND t.code = the_code.id AND t.day = today;
        IF coalesce(failed, 0) < tries_allowed THEN
            -- In key order, so that two phones with the same children wait for each other.
            SELECT coalesce(array_agg(m.id), '{}'), array_agg(m.i),
                   array_agg(DISTINCT m.household_id) FILTER (WHERE m.household_id IS NOT NULL)
            INTO matched, ordinals, homes
            FROM (
                SELECT p.id, p.household_id, a.i
                FROM jsonb_array_elements_text(entry->'numbers') WITH ORDINALITY AS a(number, i)
                JOIN jsonb_array_elements_text(entry->'names') WITH ORDINALITY AS b(name, i)
                  ON a.i = b.i
                JOIN people_person AS p
                  ON p.unit_id = the_code.unit_id AND p.number_index = decode(a.number, 'hex')
                 AND p.left_on IS NULL AND p.name_index = decode(b.name, 'hex')
                ORDER BY p.id
                FOR NO KEY UPDATE OF p
            ) AS m;
            IF cardinality(matched) < wanted THEN
                INSERT INTO attendance_try AS t (phone, code, day, tries)
                VALUES (the_phone, the_code.id, today, 1)
                ON CONFLICT (phone, code) DO UPDATE SET day = excluded.day,
                    tries = CASE WHEN t.day = excluded.day THEN t.tries + 1 ELSE 1 END
                RETURNING t.tries INTO failed;
            END IF;
        END IF;
        IF cardinality(matched) < wanted THEN
            RETURN QUERY SELECT
                CASE WHEN failed < tries_allowed THEN 'not_on_roster' ELSE 'ask_class_teacher' END,
                greatest(tries_allowed - failed, 0), NULL::integer, NULL::bigint, NULL::bigint,
                NULL::integer, NULL::bigint[], NULL::integer[], NULL::smallint[], NULL::text[], NULL::bigint[];
            RETURN;
        END IF;
    END IF;

    home := homes[1];
    IF home IS NULL THEN
        home := (entry->>'household')::bigint;
    END IF;
    IF home IS NULL AND wanted = 0 THEN
        -- Guests of a community whose reply got lost: the same phone, the same home.
        SELECT s.household INTO home FROM attendance_seat AS s
        WHERE s.campaign = the_code.campaign_id AND s.phone = the_phone AND s.unit = the_code.unit_id
        ORDER BY s.id LIMIT 1;
    END IF;

    is_new := home IS NULL;
    IF wanted = 0 AND NOT is_new THEN
        -- Children are held already. A home of guests has none, and may be leaving this moment.
        PERFORM FROM people_household AS h WHERE h.id = home FOR NO KEY UPDATE;
    END IF;
    everyone := matched;
    IF NOT is_new THEN
        IF wanted = 0 AND the_code.audience = 'class' AND NOT EXISTS (
            SELECT FROM people_person AS p
            WHERE p.household_id = home AND p.unit_id = the_code.unit_id
              AND p.kin = '' AND p.left_on IS NULL)
        THEN
            -- A relative counts in the class of a child; this home has none here.
            RETURN QUERY SELECT 'nobody_named', NULL::integer, NULL::integer, NULL::bigint,
                NULL::bigint, NULL::integer, NULL::bigint[], NULL::integer[], NULL::smallint[],
                NULL::text[], NULL::bigint[];
            RETURN;
        END IF;
        SELECT s.persons INTO seated FROM attendance_seat AS s
        WHERE s.campaign = the_code.campaign_id AND s.phone = the_phone AND s.household = home;
        SELECT array_agg(p.id) INTO related FROM people_person AS p
        WHERE p.household_id = home AND p.kin = ANY (the_kin);
        everyone := ARRAY(SELECT DISTINCT x FROM unnest(matched || seated || related) AS x);
    END IF;
    IF cardinality(homes) > 1
       OR cardinality(everyone) + cardinality(the_kin) - coalesce(cardinality(related), 0)
          > most_people
    THEN
        RETURN QUERY SELECT
            CASE WHEN cardinality(homes) > 1 THEN 'two_households' ELSE 'too_many_people' END,
            NULL::integer, NULL::integer, NULL::bigint, NULL::bigint,
            NULL::integer, NULL::bigint[], NULL::integer[], NULL::smallint[], NULL::text[], NULL::bigint[];
        RETURN;
    END IF;
    IF NOT is_new THEN
        -- For a child somebody has to agree who may: a teacher's own word is not enough.
        agreed := EXISTS (
            SELECT FROM people_consent AS c
            WHERE c.household_id = home AND c.withdrawn_at IS NULL
              AND c.version >= (entry->>'version')::smallint
              AND (the_code.audience <> 'class' OR c.given_by <> 'self'));
    END IF;
    IF NOT agreed AND agrees IS NULL THEN
        RETURN QUERY SELECT 'consent_needed', NULL::integer, NULL::integer, NULL::bigint,
            NULL::bigint, NULL::integer, NULL::bigint[], NULL::integer[], NULL::smallint[],
            NULL::text[], NULL::bigint[];
        RETURN;
    END IF;

    IF is_new THEN
        WITH founded AS (
            INSERT INTO people_household (public_id, created_at) VALUES (ids[1], at) RETURNING id
        )
        INSERT INTO people_consent (household_id, version, language, given_by, given_at)
        SELECT id, (entry->>'version')::smallint, entry->>'language', agrees, at FROM founded
        RETURNING household_id INTO home;
    ELSIF NOT agreed THEN
        INSERT INTO people_consent (household_id, version, language, given_by, given_at)
        VALUES (home, (entry->>'version')::smallint, entry->>'language', agrees, at);
        -- Who comes back is counted again. Persons that were erased stay away for good.
        DELETE FROM people_departed AS d USING people_person AS p
        WHERE d.household = home AND p.id = d.person AND p.household_id = home;
    END IF;
    UPDATE people_person SET household_id = home WHERE id = ANY (matched) AND household_id IS NULL;
    IF cardinality(the_kin) > 0 THEN
        WITH added AS (
            INSERT INTO people_person (public_id, kind, unit_id, household_id, kin, created_at)
            SELECT ids[a.i + 1], (entry->'kinds'->>(a.i - 1)::integer)::smallint, the_code.unit_id,
                   home, a.label, at
            FROM unnest(the_kin) WITH ORDINALITY AS a(label, i)
            ON CONFLICT (household_id, kin) WHERE kin <> '' DO NOTHING
            RETURNING id
        )
        SELECT array_agg(id) INTO related FROM added;
        everyone := everyone || related;
        IF NOT is_new THEN
            -- Another phone of the home may have added one of them a moment ago.
            SELECT array_agg(p.id) INTO related FROM people_person AS p
            WHERE p.household_id = home AND p.kin = ANY (the_kin);
            everyone := ARRAY(SELECT DISTINCT x FROM unnest(everyone || related) AS x);
        END IF;
    END IF;
    INSERT INTO attendance_seat AS s
           (campaign, phone, household, unit, persons, created_at, assisted)
    VALUES (the_code.campaign_id, the_phone, home, the_code.unit_id, everyone, at,
            coalesce((entry->>'assisted')::boolean, false))
    ON CONFLICT (campaign, phone, household) DO UPDATE SET
        persons = ARRAY(
            SELECT DISTINCT x FROM unnest(s.persons || excluded.persons) AS x ORDER BY x),
        assisted = s.assisted OR excluded.assisted
    RETURNING s.id, s.persons INTO the_seat, everyone;

    RETURN QUERY
    SELECT 'seated', NULL::integer, the_code.campaign_id, the_seat, home, the_code.unit_id,
           array_agg(p.id ORDER BY p.kind, p.id), array_agg(p.unit_id ORDER BY p.kind, p.id),
           array_agg(p.kind ORDER BY p.kind, p.id), array_agg(p.kin::text ORDER BY p.kind, p.id),
           array_agg(ordinals[array_position(matched, p.id)] ORDER BY p.kind, p.id)
    FROM people_person AS p WHERE p.id = ANY (everyone);
END $$;

-- Locks the children that a batch of entries names, those of the homes it adds to, and the phones
-- of guests, whom nothing but their phone tells apart; each in order over the whole batch, and
-- returns the batch. Entry by entry, two servers would lock the same in two orders and stop each
-- other.
CREATE OR REPLACE FUNCTION attendance_locked(entries jsonb) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
    children bigint[];
BEGIN
    PERFORM attendance_renew_epoch();
    SELECT array_agg(DISTINCT c.id) INTO children
    FROM jsonb_array_elements(entries) AS x(entry)
    CROSS JOIN LATERAL (
        SELECT p.id
        FROM campaigns_learning_code AS k
        CROSS JOIN jsonb_array_elements_text(x.entry->'numbers') AS a(number)
        JOIN people_person AS p ON p.unit_id = k.unit_id AND p.left_on IS NULL
                               AND p.number_index = decode(a.number, 'hex')
        WHERE k.id = (x.entry->>'code')::integer
        UNION ALL
        SELECT p.id FROM people_person AS p
        WHERE p.household_id = (x.entry->>'household')::bigint AND p.kin = ''
    ) AS c;
    PERFORM p.id FROM people_person AS p WHERE p.id = ANY (children)
    ORDER BY p.id FOR NO KEY UPDATE;
    PERFORM pg_advisory_xact_lock('attendance_seat'::regclass::integer, g.phone)
    FROM (
        SELECT DISTINCT hashtext(x.entry->>'phone') AS phone
        FROM jsonb_array_elements(entries) AS x(entry)
        WHERE jsonb_array_length(x.entry->'numbers') = 0
        ORDER BY phone
    ) AS g;
    RETURN entries;
END $$;
