-- Who sees which rows of the register (docs/mechanisms/vault.md tells the sets). Writing is the worker's;
-- a clerk writes of children on the own lists, and reads no home.

CALL vault_guard('children_identity');
CALL vault_guard('children_guardian');
CALL vault_guard('children_category');
CALL vault_guard('children_consent');
CALL vault_guard('children_token');

GRANT SELECT, INSERT ON children_identity, children_guardian, children_category, children_consent
    TO mingtian_case;
GRANT INSERT ON children_token TO mingtian_case;
GRANT UPDATE (name, facts, home, birth_year, changed_at) ON children_identity TO mingtian_case;
GRANT UPDATE (sealed, ends_on) ON children_guardian TO mingtian_case;
GRANT UPDATE (ends_on) ON children_category TO mingtian_case;
GRANT UPDATE (withdrawn_at) ON children_consent TO mingtian_case;

-- Sealed rows: to those with a part, and to clerks for their lists. Keys open the fields, not this.
CREATE POLICY seen ON children_identity FOR SELECT TO mingtian_case USING (
    child_id = ANY ((SELECT vault_ids('reached'))::bigint[])
    OR child_id IN (SELECT id FROM vault_child
                    WHERE school_id = ANY ((SELECT vault_ids('clerks'))::bigint[])
                       OR unit_id = ANY ((SELECT vault_ids('clerks'))::bigint[])));
CREATE POLICY written ON children_identity FOR INSERT TO mingtian_case WITH CHECK (
    child_id = ANY ((SELECT vault_ids('worker'))::bigint[]) OR vault_enters_lists_of(child_id));
CREATE POLICY changed ON children_identity FOR UPDATE TO mingtian_case USING (
    child_id = ANY ((SELECT vault_ids('worker'))::bigint[])
    OR (facts IS NULL AND vault_enters_lists_of(child_id)));

CREATE POLICY seen ON children_guardian FOR SELECT TO mingtian_case USING (
    child_id = ANY ((SELECT vault_ids('files'))::bigint[]));
CREATE POLICY written ON children_guardian FOR INSERT TO mingtian_case WITH CHECK (
    child_id = ANY ((SELECT vault_ids('worker'))::bigint[]));
CREATE POLICY changed ON children_guardian FOR UPDATE TO mingtian_case USING (
    child_id = ANY ((SELECT vault_ids('worker'))::bigint[]));

-- Categories and consents tell no name: offices, workers and clerks see them, helpers do not. EXISTS, so that a page of
-- fifty asks fifty times by key and a list of all asks once.
-- A clerk sees what a list of aid enters; PostgreSQL lets nobody insert with RETURNING what is out of sight.
CREATE POLICY seen ON children_category FOR SELECT TO mingtian_case USING (
    child_id = ANY ((SELECT vault_ids('files'))::bigint[])
    OR EXISTS (SELECT FROM vault_child child WHERE child.id = child_id
               AND (child.unit_id = ANY ((SELECT vault_ids('units'))::bigint[])
                    OR child.school_id = ANY ((SELECT vault_ids('units'))::bigint[]))));
CREATE POLICY written ON children_category FOR INSERT TO mingtian_case WITH CHECK (
    child_id = ANY ((SELECT vault_ids('worker'))::bigint[]) OR vault_enters_lists_of(child_id));
CREATE POLICY changed ON children_category FOR UPDATE TO mingtian_case USING (
    child_id = ANY ((SELECT vault_ids('worker'))::bigint[]) OR vault_enters_lists_of(child_id));

CREATE POLICY seen ON children_consent FOR SELECT TO mingtian_case USING (
    child_id = ANY ((SELECT vault_ids('files') || vault_ids('counsellor'))::bigint[])
    OR EXISTS (SELECT FROM vault_child child WHERE child.id = child_id
               AND (child.unit_id = ANY ((SELECT vault_ids('units'))::bigint[])
                    OR child.school_id = ANY ((SELECT vault_ids('units'))::bigint[]))));
CREATE POLICY written ON children_consent FOR INSERT TO mingtian_case WITH CHECK (
    child_id = ANY ((SELECT vault_ids('worker') || vault_ids('counsellor'))::bigint[])
    OR vault_enters_lists_of(child_id));
CREATE POLICY changed ON children_consent FOR UPDATE TO mingtian_case USING (
    child_id = ANY ((SELECT vault_ids('worker') || vault_ids('counsellor'))::bigint[])
    OR vault_enters_lists_of(child_id));

CREATE POLICY written ON children_token FOR INSERT TO mingtian_case WITH CHECK (
    child_id = ANY ((SELECT vault_ids('worker'))::bigint[]) OR vault_enters_lists_of(child_id));

-- Children with one of these tokens, for somebody who registers. Of a child out of sight only the place
-- is told that answers for it.
CREATE FUNCTION children_look(tokens bytea[], most integer)
RETURNS TABLE (child bigint, place bigint, kinds text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT CASE WHEN one.unit_id = ANY ((SELECT vault_ids('units'))::bigint[])
                  OR one.school_id = ANY ((SELECT vault_ids('units'))::bigint[])
                  OR one.id = ANY ((SELECT vault_ids('reached'))::bigint[]) THEN one.id END,
           one.unit_id, found.kinds
    FROM (SELECT token.child_id, array_agg(DISTINCT token.kind::text) AS kinds
          FROM children_token token WHERE token.token = ANY (tokens)
          GROUP BY token.child_id) AS found
    JOIN vault_child one ON one.id = found.child_id AND one.erased_at IS NULL
    WHERE (SELECT cardinality(vault_ids('registering') || vault_ids('clerks')) > 0)
    ORDER BY one.id LIMIT most
$$;

-- Which of these tokens are on the register; for imports, which count likely doubles before they begin.
CREATE FUNCTION children_known(tokens bytea[]) RETURNS TABLE (token bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT DISTINCT kept.token FROM children_token kept
    WHERE kept.token = ANY (tokens)
      AND (SELECT cardinality(vault_ids('registering') || vault_ids('clerks')) > 0)
$$;

-- Takes away by what a child is found, before a corrected name's tokens are written.
CREATE FUNCTION children_unfind(child bigint, of_kinds text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    DELETE FROM children_token token
    WHERE token.child_id = child AND token.kind = ANY (of_kinds)
      AND (child = ANY (vault_ids('worker')) OR vault_enters_lists_of(child))
$$;

-- What checking a consent needs: the year and what was agreed or withdrawn. No name, no day of birth.
CREATE FUNCTION children_agreed(children bigint[], what text)
RETURNS TABLE (child bigint, birth_year smallint, given text[], withdrawn text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT who.child_id, who.birth_year,
           coalesce(array_agg(consent.party::text) FILTER (WHERE consent.withdrawn_at IS NULL
                                                             AND consent.id IS NOT NULL), '{}'),
           coalesce(array_agg(consent.party::text) FILTER (WHERE consent.withdrawn_at IS NOT NULL), '{}')
    FROM children_identity who
    LEFT JOIN children_consent consent ON consent.child_id = who.child_id AND consent.purpose = what
    WHERE who.child_id = ANY (children)
    GROUP BY who.child_id, who.birth_year
$$;

-- Whether somebody works for a child at this instant. Who, is nobody's business here.
CREATE FUNCTION children_has_worker(child bigint, at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (
        SELECT FROM vault_reach reach
        JOIN auth_user person ON person.id = reach.user_id AND person.is_active
        WHERE reach.child_id = child AND reach.part = 'worker'
          AND reach.starts_at <= at AND (reach.ends_at IS NULL OR reach.ends_at > at))
$$;

-- Sums of the open files whom the person at the door sees by post, by category. In one pass as the keeper:
-- policies for each row of a county would cost twelve times as much.
CREATE FUNCTION children_totals(day date)
RETURNS TABLE (children bigint, several bigint, without bigint, names text[], numbers bigint[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH each_child AS (
        SELECT child.id, array_agg(DISTINCT category.category)
                   FILTER (WHERE category.category IS NOT NULL) AS held
        FROM vault_child child
        LEFT JOIN children_category category
          ON category.child_id = child.id AND category.starts_on <= day
         AND (category.ends_on IS NULL OR category.ends_on > day)
        WHERE child.erased_at IS NULL AND child.state = 'open'
          AND (child.unit_id = ANY ((SELECT vault_ids('units'))::bigint[])
               OR child.school_id = ANY ((SELECT vault_ids('units'))::bigint[]))
        GROUP BY child.id
    ), sums AS (
        SELECT name, count(*) AS number FROM each_child, unnest(held) AS name GROUP BY name
    )
    SELECT count(*) FILTER (WHERE held IS NOT NULL), count(*) FILTER (WHERE cardinality(held) > 1),
           count(*) FILTER (WHERE held IS NULL),
           coalesce((SELECT array_agg(name::text ORDER BY name) FROM sums), '{}'),
           coalesce((SELECT array_agg(number ORDER BY name) FROM sums), '{}')
    FROM each_child
$$;

-- What waits for a worker: consents to case work a week after registering, categories outgrown.
CREATE FUNCTION children_waits(who bigint, at timestamptz, day date)
RETURNS TABLE (kind text, number bigint, due timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH mine AS MATERIALIZED (
        SELECT DISTINCT child.id, child.admitted_at, identity.birth_year
        FROM vault_reach reach
        JOIN vault_child child ON child.id = reach.child_id AND child.erased_at IS NULL
         AND child.state = 'open'
        JOIN children_identity identity ON identity.child_id = child.id
        WHERE reach.user_id = who AND reach.part = 'worker' AND reach.starts_at <= at
          AND (reach.ends_at IS NULL OR reach.ends_at > at)
    )
    SELECT 'children.consent', count(*), NULL::timestamptz FROM mine
    WHERE mine.admitted_at <= at - interval '7 days' AND NOT EXISTS (
        SELECT FROM children_consent consent
        WHERE consent.child_id = mine.id AND consent.purpose = 'case_work')
    UNION ALL
    SELECT 'children.outgrown', count(*), NULL::timestamptz FROM mine
    JOIN children_category category ON category.child_id = mine.id AND category.ends_on IS NULL
    WHERE extract(year FROM day) - mine.birth_year
          > CASE category.category WHEN 'left_behind' THEN 16 ELSE 18 END
$$;

CALL vault_give_to_keeper(
    'children_look(bytea[], integer)',
    'children_known(bytea[])',
    'children_unfind(bigint, text[])',
    'children_agreed(bigint[], text)',
    'children_has_worker(bigint, timestamptz)',
    'children_totals(date)',
    'children_waits(bigint, timestamptz, date)'
);
