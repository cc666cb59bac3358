-- Whoever asks about a child in sight asks for the own person, and decides nothing in the same breath: by night granted
-- erasures are carried out. Only a broken glass is granted from the start, and opens nothing by itself: vault_give does.
DROP POLICY IF EXISTS asked ON vault_request;
CREATE POLICY asked ON vault_request FOR INSERT TO mingtian_case WITH CHECK (
    asked_by_id = nullif(current_setting('mingtian.user', true), '')::bigint
    AND child_id IN (SELECT id FROM vault_child)
    AND (granted IS NULL AND opens_until IS NULL OR kind = 'glass')
    AND decided_by_id IS NULL AND decided_at IS NULL
    AND reviewed_by_id IS NULL AND reviewed_at IS NULL AND verdict = '');
