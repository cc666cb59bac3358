-- Who sees categories and consents: they tell of health and hardship, and no name. Whoever reads names by a post for lists
-- of aid reads none of the first, and of the second what was agreed to aid.

DROP POLICY IF EXISTS seen ON children_category;
DROP POLICY IF EXISTS written ON children_category;
DROP POLICY IF EXISTS changed ON children_category;
DROP POLICY IF EXISTS seen ON children_consent;
DROP POLICY IF EXISTS written ON children_consent;
DROP POLICY IF EXISTS changed ON children_consent;

-- EXISTS, so that a page of fifty asks fifty times by key and a list of all asks once.
CREATE POLICY seen ON children_category FOR SELECT TO mingtian_case USING (
    child_id = ANY ((SELECT vault_ids('files'))::bigint[])
    OR EXISTS (SELECT FROM vault_child child WHERE child.id = child_id
               AND (child.unit_id = ANY ((SELECT vault_ids('supervised') || vault_ids('registering'))::bigint[])
                    OR child.school_id = ANY ((SELECT vault_ids('supervised') || vault_ids('registering'))::bigint[]))));
-- A list of aid brings categories of its own for children whom no worker ever knew. To write is not to read: the
-- statement returns nothing (actions.categories.keep_notes), and of other children a clerk cannot even try.
CREATE POLICY written ON children_category FOR INSERT TO mingtian_case WITH CHECK (
    child_id = ANY ((SELECT vault_ids('worker'))::bigint[])
    OR (vault_enters_lists_of(child_id)
        AND NOT EXISTS (SELECT FROM vault_reach reach
                        WHERE reach.child_id = children_category.child_id AND reach.part = 'worker')));
CREATE POLICY changed ON children_category FOR UPDATE TO mingtian_case USING (
    child_id = ANY ((SELECT vault_ids('worker'))::bigint[]));

CREATE POLICY seen ON children_consent FOR SELECT TO mingtian_case USING (
    child_id = ANY ((SELECT vault_ids('files') || vault_ids('counsellor'))::bigint[])
    OR EXISTS (SELECT FROM vault_child child WHERE child.id = child_id
               AND (child.unit_id = ANY ((SELECT vault_ids('supervised') || vault_ids('registering'))::bigint[])
                    OR child.school_id = ANY ((SELECT vault_ids('supervised') || vault_ids('registering'))::bigint[])))
    OR (purpose = 'aid' AND vault_enters_lists_of(child_id)));
CREATE POLICY written ON children_consent FOR INSERT TO mingtian_case WITH CHECK (
    child_id = ANY ((SELECT vault_ids('worker') || vault_ids('counsellor'))::bigint[])
    OR (purpose = 'aid' AND vault_enters_lists_of(child_id)));
CREATE POLICY changed ON children_consent FOR UPDATE TO mingtian_case USING (
    child_id = ANY ((SELECT vault_ids('worker') || vault_ids('counsellor'))::bigint[])
    OR (purpose = 'aid' AND vault_enters_lists_of(child_id)));

-- Functions of the keeper are the keeper's to take away.
SET ROLE mingtian_keeper;
DROP FUNCTION IF EXISTS children_totals(date);
RESET ROLE;

-- Sums of the open files whose categories the person at the door sees by post. In one pass as the keeper:
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
          AND (child.unit_id = ANY ((SELECT vault_ids('supervised') || vault_ids('registering'))::bigint[])
               OR child.school_id = ANY ((SELECT vault_ids('supervised') || vault_ids('registering'))::bigint[]))
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

CALL vault_give_to_keeper('children_totals(date)');
