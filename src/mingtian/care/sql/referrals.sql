-- Referrals to other bodies, and looks at what was done without a consent.

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['care_referral', 'care_look'] LOOP
        CALL vault_guard(guarded::regclass);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO mingtian_case', guarded);
    END LOOP;
END $$;

-- As with all that belongs to a case: written by its workers, seen by readers and by posts above.
CREATE POLICY seen ON care_referral FOR SELECT TO mingtian_case USING (
    child_id = ANY ((SELECT vault_ids('files'))::bigint[]) OR care_oversees(child_id));
CREATE POLICY noted ON care_referral FOR INSERT TO mingtian_case WITH CHECK (
    child_id = ANY ((SELECT vault_ids('worker'))::bigint[]) AND by_id = care_me());
CREATE POLICY answered ON care_referral FOR UPDATE TO mingtian_case USING (
    child_id = ANY ((SELECT vault_ids('worker'))::bigint[]));
GRANT UPDATE (answer, answered_on, answer_by, result, ended_at) ON care_referral TO mingtian_case;

CREATE POLICY seen ON care_look FOR SELECT TO mingtian_case USING (
    child_id = ANY ((SELECT vault_ids('files'))::bigint[]) OR care_oversees(child_id));
CREATE POLICY noted ON care_look FOR INSERT TO mingtian_case WITH CHECK (
    by_id = care_me() AND care_oversees(child_id));

-- An office above takes back what somebody asked who has gone since.
DROP POLICY answered ON care_transfer;
CREATE POLICY answered ON care_transfer FOR UPDATE TO mingtian_case USING (
    (SELECT care_me()) IN (to_id, by_id)
    OR child_id = ANY ((SELECT vault_ids('worker'))::bigint[]) OR care_oversees(child_id));
