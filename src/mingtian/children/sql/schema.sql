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

-- Who sees categories and consents stands in sensitive.sql.

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

CALL vault_give_to_keeper(
    'children_look(bytea[], integer)',
    'children_known(bytea[])',
    'children_unfind(bigint, text[])',
    'children_agreed(bigint[], text)'
);
