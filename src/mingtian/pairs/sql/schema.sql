-- Who sees which rows of pairs (docs/mechanisms/vault.md tells the sets). Whoever has the case and offices
-- above arrange; a helper sees the pairs in which it helps now, their goals, and what it told itself or was handed.

CREATE FUNCTION pairs_me() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT nullif(current_setting('mingtian.user', true), '')::bigint
$$;

-- The pairs in which the person at the door helps now. Checks and consents that ran out have ended the part.
CREATE FUNCTION pairs_mine() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT coalesce(array_agg(duty.pair_id), '{}') FROM pairs_duty duty
    WHERE duty.user_id = pairs_me() AND duty.ends_at IS NULL AND duty.child_id = ANY (vault_ids('helper'))
$$;

-- Whether the person's office is above the child.
CREATE FUNCTION pairs_oversees(child bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (
        SELECT FROM vault_child one WHERE one.id = child AND one.erased_at IS NULL
          AND (one.unit_id = ANY (vault_ids('supervised')) OR one.school_id = ANY (vault_ids('supervised'))))
$$;

-- The last day on which somebody's check holds, wherever it was made; nothing for who has none.
CREATE FUNCTION pairs_vetted(who bigint) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT max(holds_until) FROM pairs_vetting WHERE user_id = who AND ended_at IS NULL
$$;

-- Everybody who holds a helper's post on the day, with the place whose office answers for it: a staff group's is
-- what it belongs to.
CREATE VIEW pairs_helping AS
    SELECT post.user_id, person.username, post.unit_id, post.starts_on, post.ends_on,
           CASE WHEN own.kind = 'staff_group' THEN top.superior_id ELSE post.unit_id END AS place_id,
           top.starts_on AS placed_on, top.ends_on AS left_on
    FROM org_post post
    JOIN auth_user person ON person.id = post.user_id AND person.is_active
    JOIN org_unit own ON own.id = post.unit_id
    JOIN org_placement top ON top.unit_id = post.unit_id AND top.line = 'leads'
    WHERE post.role = 'helper';

-- The helpers of the places that the person supervises or works at, with their checks.
CREATE FUNCTION pairs_roster(today date)
RETURNS TABLE (who bigint, username text, unit bigint, place bigint, supervised boolean, kind text,
               checked_on date, holds_until date, pairs bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT DISTINCT ON (helping.user_id)
           helping.user_id, helping.username, helping.unit_id, helping.place_id,
           helping.place_id = ANY (vault_ids('supervised')), vetting.kind, vetting.checked_on, vetting.holds_until,
           (SELECT count(*) FROM pairs_duty duty WHERE duty.user_id = helping.user_id AND duty.ends_at IS NULL)
    FROM pairs_helping helping
    LEFT JOIN LATERAL (
        SELECT one.kind, one.checked_on, one.holds_until FROM pairs_vetting one
        WHERE one.user_id = helping.user_id AND one.ended_at IS NULL ORDER BY one.holds_until DESC LIMIT 1
    ) vetting ON true
    WHERE org_holds(helping.starts_on, helping.ends_on, today)
      AND org_holds(helping.placed_on, helping.left_on, today)
      AND helping.place_id = ANY (vault_ids('supervised') || vault_ids('registering'))
    ORDER BY helping.user_id, helping.place_id = ANY (vault_ids('supervised')) DESC
$$;

-- Who may help a child: helpers at its place or school, above them, or in a staff group directly below those.
CREATE FUNCTION pairs_line(child bigint, today date)
RETURNS TABLE (who bigint, username text, unit bigint, holds_until date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT DISTINCT ON (helping.user_id)
           helping.user_id, helping.username, helping.unit_id, pairs_vetted(helping.user_id)
    FROM vault_child one
    JOIN org_placement near ON near.unit_id IN (one.unit_id, one.school_id) AND near.line = 'leads'
     AND org_holds(near.starts_on, near.ends_on, today)
    JOIN org_placement above ON above.line = 'leads' AND near.path <@ above.path
     AND org_holds(above.starts_on, above.ends_on, today)
    JOIN pairs_helping helping ON helping.place_id = above.unit_id
     AND org_holds(helping.starts_on, helping.ends_on, today)
     AND org_holds(helping.placed_on, helping.left_on, today)
    WHERE one.id = child AND one.erased_at IS NULL
      AND (one.id = ANY (vault_ids('worker')) OR pairs_oversees(one.id))
    ORDER BY helping.user_id, helping.unit_id
$$;

-- How the person stands in a pair, also after the end: to say why a visit is not taken. Nothing about the child.
CREATE FUNCTION pairs_stand(pair text)
RETURNS TABLE (pair_id bigint, child_id bigint, since date, over timestamptz, vetted date, helps boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT one.id, one.child_id, (min(duty.starts_at) OVER () AT TIME ZONE 'Asia/Shanghai')::date, duty.ends_at,
           pairs_vetted(duty.user_id), one.child_id = ANY (vault_ids('helper'))
    FROM pairs_duty duty JOIN pairs_pair one ON one.id = duty.pair_id
    WHERE one.public_id = pair AND duty.user_id = pairs_me()
    ORDER BY duty.ends_at DESC NULLS FIRST LIMIT 1
$$;

-- What was told under this id before, and whether by the person at the door.
CREATE FUNCTION pairs_told(told uuid)
RETURNS TABLE (mine boolean, pair text, began_at timestamptz, minutes smallint, way text, made boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT visit.by_id = pairs_me(), one.public_id, visit.began_at, visit.minutes, visit.way, visit.made
    FROM pairs_visit visit JOIN pairs_pair one ON one.id = visit.pair_id WHERE visit.own = told
$$;

-- What else the person has told, in all pairs, also those of before: numbers alone.
CREATE FUNCTION pairs_beside(began timestamptz, long integer, said bytea)
RETURNS TABLE (on_day bigint, at_once bigint, same_words bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT count(*) FILTER (WHERE (visit.began_at AT TIME ZONE 'Asia/Shanghai')::date
                                  = (began AT TIME ZONE 'Asia/Shanghai')::date),
           count(*) FILTER (WHERE visit.began_at < began + make_interval(mins => long)
                              AND visit.began_at + make_interval(mins => visit.minutes::integer) > began),
           count(*) FILTER (WHERE visit.words = said)
    FROM pairs_visit visit
    WHERE visit.by_id = pairs_me() AND visit.made
      AND visit.began_at > began - interval '90 days' AND visit.began_at < began + interval '90 days'
$$;

-- The person's own record by year: visits that were made, and their minutes. Also of pairs that have ended.
CREATE FUNCTION pairs_hours() RETURNS TABLE (year integer, visits bigint, minutes bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT told.year, sum(told.visits)::bigint, sum(told.minutes)::bigint FROM (
        SELECT extract(year FROM visit.began_at AT TIME ZONE 'Asia/Shanghai')::integer AS year,
               count(*) AS visits, sum(visit.minutes) AS minutes
        FROM pairs_visit visit WHERE visit.by_id = pairs_me() AND visit.made GROUP BY 1
        UNION ALL
        SELECT kept.year, kept.visits, kept.minutes FROM pairs_kept kept WHERE kept.user_id = pairs_me()
    ) AS told GROUP BY told.year ORDER BY told.year DESC
$$;

CREATE FUNCTION pairs_visited() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE pairs_pair pair
    SET made_on = greatest(pair.made_on, (NEW.began_at AT TIME ZONE 'Asia/Shanghai')::date)
    WHERE pair.id = NEW.pair_id;
    RETURN NULL;
END $$;
CREATE TRIGGER visited AFTER INSERT ON pairs_visit FOR EACH ROW WHEN (NEW.made) EXECUTE FUNCTION pairs_visited();

-- What a helper told stays as it was told.
CREATE FUNCTION pairs_keep_visit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.own, OLD.pair_id, OLD.child_id, OLD.by_id, OLD.began_at, OLD.minutes, OLD.way, OLD.made, OLD.note)
       IS DISTINCT FROM (NEW.own, NEW.pair_id, NEW.child_id, NEW.by_id, NEW.began_at, NEW.minutes, NEW.way, NEW.made, NEW.note) THEN
        RAISE EXCEPTION 'what was told of a visit stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER kept BEFORE UPDATE ON pairs_visit FOR EACH ROW EXECUTE FUNCTION pairs_keep_visit();

CALL vault_guard('pairs_vetting');
CALL vault_guard('pairs_pair');
CALL vault_guard('pairs_duty');
CALL vault_guard('pairs_goal');
CALL vault_guard('pairs_visit');
CALL vault_guard('pairs_kept');
GRANT SELECT ON pairs_helping TO mingtian_keeper;
GRANT SELECT, INSERT ON pairs_vetting, pairs_pair, pairs_duty, pairs_goal, pairs_visit TO mingtian_case;
GRANT UPDATE (ended_at) ON pairs_vetting TO mingtian_case;
GRANT UPDATE (until, rhythm, paused_at, resumed_on, ended_at, ended_for) ON pairs_pair TO mingtian_case;
GRANT UPDATE (ends_at, ended_for, note) ON pairs_duty TO mingtian_case;
GRANT UPDATE (ended_at) ON pairs_goal TO mingtian_case;
GRANT UPDATE (looked_at, looked_by_id, handed_to_id) ON pairs_visit TO mingtian_case;

-- The helper itself sees until when its check holds.
CREATE POLICY seen ON pairs_vetting FOR SELECT TO mingtian_case USING (
    user_id = (SELECT pairs_me()) OR unit_id = ANY ((SELECT vault_ids('supervised') || vault_ids('registering'))::bigint[]));
CREATE POLICY noted ON pairs_vetting FOR INSERT TO mingtian_case WITH CHECK (
    by_id = pairs_me() AND unit_id = ANY ((SELECT vault_ids('supervised'))::bigint[]));
CREATE POLICY ended ON pairs_vetting FOR UPDATE TO mingtian_case USING (
    user_id <> (SELECT pairs_me()) AND unit_id = ANY ((SELECT vault_ids('supervised'))::bigint[]));

DO $$
DECLARE
    guarded text;
    above text := '(child_id = ANY ((SELECT vault_ids(''worker''))::bigint[])
        OR EXISTS (SELECT FROM vault_child one WHERE one.id = child_id
                   AND (one.unit_id = ANY ((SELECT vault_ids(''supervised''))::bigint[])
                        OR one.school_id = ANY ((SELECT vault_ids(''supervised''))::bigint[]))))';
BEGIN
    FOREACH guarded IN ARRAY ARRAY['pairs_pair', 'pairs_duty', 'pairs_visit'] LOOP
        EXECUTE format('CREATE POLICY seen ON %I FOR SELECT TO mingtian_case USING (
            child_id = ANY ((SELECT vault_ids(''reader''))::bigint[]) OR %s)', guarded, above);
        EXECUTE format('CREATE POLICY changed ON %I FOR UPDATE TO mingtian_case USING (%s)', guarded, above);
    END LOOP;
    EXECUTE format('CREATE POLICY arranged ON pairs_pair FOR INSERT TO mingtian_case
                    WITH CHECK (by_id = pairs_me() AND %s)', above);
    EXECUTE format('CREATE POLICY arranged ON pairs_duty FOR INSERT TO mingtian_case
                    WITH CHECK (by_id = pairs_me() AND %s)', above);
END $$;

CREATE POLICY helping ON pairs_pair FOR SELECT TO mingtian_case USING (
    id = ANY ((SELECT pairs_mine())::bigint[]));
-- Who helps beside me, not who did before.
CREATE POLICY helping ON pairs_duty FOR SELECT TO mingtian_case USING (
    ends_at IS NULL AND pair_id = ANY ((SELECT pairs_mine())::bigint[]));

CREATE POLICY seen ON pairs_goal FOR SELECT TO mingtian_case USING (
    child_id = ANY ((SELECT vault_ids('files'))::bigint[]) OR pair_id = ANY ((SELECT pairs_mine())::bigint[]));
CREATE POLICY agreed ON pairs_goal FOR INSERT TO mingtian_case WITH CHECK (
    by_id = pairs_me()
    AND (child_id = ANY ((SELECT vault_ids('worker'))::bigint[]) OR pair_id = ANY ((SELECT pairs_mine())::bigint[])));
CREATE POLICY changed ON pairs_goal FOR UPDATE TO mingtian_case USING (
    child_id = ANY ((SELECT vault_ids('worker'))::bigint[]) OR pair_id = ANY ((SELECT pairs_mine())::bigint[]));

CREATE POLICY own ON pairs_visit FOR SELECT TO mingtian_case USING (
    (SELECT pairs_me()) IN (by_id, handed_to_id) AND pair_id = ANY ((SELECT pairs_mine())::bigint[]));
CREATE POLICY told ON pairs_visit FOR INSERT TO mingtian_case WITH CHECK (
    by_id = pairs_me() AND handed_to_id IS NULL AND looked_at IS NULL
    AND pair_id = ANY ((SELECT pairs_mine())::bigint[])
    AND child_id = (SELECT pair.child_id FROM pairs_pair pair WHERE pair.id = pair_id));

-- What waits: silent pairs and questions for offices and workers, checks for offices, visits for helpers.
CREATE FUNCTION pairs_waits(who bigint, at timestamptz, day date)
RETURNS TABLE (kind text, number bigint, due timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH below AS MATERIALIZED (SELECT unit FROM vault_supervised(who, day) AS unit),
    waiting AS MATERIALIZED (
        SELECT pair.id, pair.child_id,
               greatest(pair.starts_on, pair.made_on, pair.resumed_on) + pair.rhythm AS due_on,
               child.unit_id IN (SELECT unit FROM below) OR child.school_id IN (SELECT unit FROM below) AS above
        FROM pairs_pair pair
        JOIN vault_child child ON child.id = pair.child_id AND child.erased_at IS NULL AND child.state = 'open'
        WHERE pair.ended_at IS NULL AND pair.paused_at IS NULL
    ),
    working AS MATERIALIZED (
        SELECT reach.child_id, reach.part FROM vault_reach reach
        WHERE reach.user_id = who AND reach.starts_at <= at AND (reach.ends_at IS NULL OR reach.ends_at > at)
    )
    SELECT 'pairs.silent', count(*), NULL::timestamptz FROM waiting
    WHERE due_on < day
      AND (above OR EXISTS (SELECT FROM working WHERE working.child_id = waiting.child_id AND working.part = 'worker'))
    UNION ALL
    SELECT 'pairs.visit', count(*), (min(waiting.due_on) + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
    FROM waiting JOIN pairs_duty duty ON duty.pair_id = waiting.id AND duty.user_id = who AND duty.ends_at IS NULL
    WHERE waiting.due_on <= day + 2
      AND EXISTS (SELECT FROM working WHERE working.child_id = waiting.child_id AND working.part = 'helper')
    UNION ALL
    SELECT CASE WHEN visit.wrong THEN 'pairs.wrong' ELSE 'pairs.question' END, count(*), NULL::timestamptz
    FROM pairs_visit visit
    JOIN vault_child child ON child.id = visit.child_id AND child.erased_at IS NULL
    WHERE (visit.questions <> '{}' OR visit.wrong) AND visit.looked_at IS NULL
      AND (child.unit_id IN (SELECT unit FROM below) OR child.school_id IN (SELECT unit FROM below)
           OR (visit.wrong AND EXISTS (SELECT FROM working WHERE working.child_id = visit.child_id
                                                             AND working.part = 'worker')))
    GROUP BY 1
    UNION ALL
    SELECT 'pairs.vetting', count(DISTINCT helping.user_id), NULL::timestamptz
    FROM pairs_helping helping
    CROSS JOIN LATERAL (SELECT pairs_vetted(helping.user_id) AS holds_until) vetting
    WHERE org_holds(helping.starts_on, helping.ends_on, day) AND org_holds(helping.placed_on, helping.left_on, day)
      AND helping.place_id IN (SELECT unit FROM below) AND vetting.holds_until <= day + 30
      AND (vetting.holds_until >= day
           OR EXISTS (SELECT FROM pairs_duty duty WHERE duty.user_id = helping.user_id AND duty.ends_at IS NULL))
$$;

CALL vault_give_to_keeper(
    'pairs_mine()',
    'pairs_oversees(bigint)',
    'pairs_vetted(bigint)',
    'pairs_roster(date)',
    'pairs_line(bigint, date)',
    'pairs_stand(text)',
    'pairs_told(uuid)',
    'pairs_beside(timestamptz, integer, bytea)',
    'pairs_hours()',
    'pairs_visited()',
    'pairs_waits(bigint, timestamptz, date)'
);
