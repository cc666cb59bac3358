-- Guards of aid: who sees which row, and which amounts can be at all. What may follow what: steps.sql.

-- Two rates of one kind never hold on the same day.
ALTER TABLE aid_rate ADD CONSTRAINT aid_rate_one_at_a_time EXCLUDE USING gist (
    scheme_id WITH =, level WITH =, (coalesce(boarding::int, 2)) WITH =,
    daterange(valid_from, valid_to) WITH &&);

CREATE FUNCTION aid_rate_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.scheme_id, NEW.level, NEW.boarding, NEW.per, NEW.amount, NEW.valid_from)
        IS DISTINCT FROM (OLD.scheme_id, OLD.level, OLD.boarding, OLD.per, OLD.amount, OLD.valid_from)
    THEN
        RAISE EXCEPTION 'a rate is ended, never changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER aid_rate_stays BEFORE UPDATE ON aid_rate FOR EACH ROW EXECUTE FUNCTION aid_rate_stays();

-- A line is of its list, and its amount is what its rate gives. Whatever writes, no other amount fits in.
ALTER TABLE aid_grant
    ADD CONSTRAINT aid_grant_of_its_list FOREIGN KEY (listing_id, unit_id, fund_id, scheme_id, term)
        REFERENCES aid_list (id, unit_id, fund_id, scheme_id, term),
    ADD CONSTRAINT aid_grant_at_its_rate FOREIGN KEY (rate_id, scheme_id, per, rate_amount)
        REFERENCES aid_rate (id, scheme_id, per, amount),
    ADD CONSTRAINT aid_grant_due CHECK (amount = CASE per
        WHEN 'year' THEN rate_amount / 2 WHEN 'term' THEN rate_amount ELSE rate_amount * days END),
    ADD CONSTRAINT aid_grant_days CHECK (days BETWEEN 1 AND 200 AND (per = 'day' OR days = 1));

CREATE FUNCTION aid_grant_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'entered' THEN
        RAISE EXCEPTION 'a grant that was approved stays';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER aid_grant_kept BEFORE DELETE ON aid_grant FOR EACH ROW EXECUTE FUNCTION aid_grant_kept();

-- What the lines of a list or a batch are, in one fingerprint that the ledger's entry carries.
CREATE FUNCTION aid_lines(list bigint, into_batch bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT left(encode(sha256(convert_to(coalesce(string_agg(
        concat_ws('|', line.public_id, line.child_id, line.scheme_id, line.term, line.amount,
                  line.entered_by_id, line.approved_by_id), E'\n' ORDER BY line.id), ''), 'UTF8')), 'hex'), 32)
    FROM aid_grant line
    WHERE line.listing_id = list OR line.batch_id = into_batch
$$;

-- The second wall (docs/mechanisms/vault.md). Clerks and cashiers see the lines of the units whose
-- lists they keep; offices see numbers, states, dates and amounts, and the sealed payee opens to neither.
CALL vault_guard('aid_upload');
CALL vault_guard('aid_list');
CALL vault_guard('aid_payee');
CALL vault_guard('aid_batch');
CALL vault_guard('aid_grant');
CALL vault_guard('aid_export');

GRANT SELECT ON aid_fund, aid_scheme, aid_rate TO mingtian_case, mingtian_keeper;

GRANT SELECT, INSERT, DELETE ON aid_upload TO mingtian_case;
CREATE POLICY own ON aid_upload TO mingtian_case
USING (uploader_id = nullif(current_setting('mingtian.user', true), '')::bigint)
WITH CHECK (unit_id = ANY ((SELECT vault_ids('clerks'))::bigint[])
            AND uploader_id = nullif(current_setting('mingtian.user', true), '')::bigint);

GRANT SELECT, INSERT ON aid_list TO mingtian_case;
GRANT UPDATE (state, decided_by_id, decided_at, reason, lines) ON aid_list TO mingtian_case;
CREATE POLICY seen ON aid_list FOR SELECT TO mingtian_case
USING (unit_id = ANY ((SELECT vault_ids('units'))::bigint[]));
CREATE POLICY entered ON aid_list FOR INSERT TO mingtian_case WITH CHECK (
    unit_id = ANY ((SELECT vault_ids('clerks'))::bigint[]) AND state = 'entered'
    AND entered_by_id = nullif(current_setting('mingtian.user', true), '')::bigint);
CREATE POLICY decided ON aid_list FOR UPDATE TO mingtian_case
USING (unit_id = ANY ((SELECT vault_ids('units'))::bigint[]));

GRANT SELECT, INSERT ON aid_payee TO mingtian_case;
CREATE POLICY seen ON aid_payee FOR SELECT TO mingtian_case
USING (vault_enters_lists_of(child_id));
CREATE POLICY entered ON aid_payee FOR INSERT TO mingtian_case WITH CHECK (
    vault_enters_lists_of(child_id)
    AND entered_by_id = nullif(current_setting('mingtian.user', true), '')::bigint);

GRANT SELECT, INSERT ON aid_batch TO mingtian_case;
GRANT UPDATE (paid_by_id, paid_at, dissolved_at, lines) ON aid_batch TO mingtian_case;
CREATE POLICY seen ON aid_batch FOR SELECT TO mingtian_case
USING (unit_id = ANY ((SELECT vault_ids('units'))::bigint[]));
CREATE POLICY made ON aid_batch FOR INSERT TO mingtian_case WITH CHECK (
    unit_id = ANY ((SELECT vault_ids('clerks'))::bigint[])
    AND made_by_id = nullif(current_setting('mingtian.user', true), '')::bigint);
CREATE POLICY paid ON aid_batch FOR UPDATE TO mingtian_case
USING (unit_id = ANY ((SELECT vault_ids('clerks'))::bigint[]));

GRANT SELECT, INSERT, DELETE ON aid_grant TO mingtian_case;
GRANT UPDATE (state, payee_id, approved_by_id, approved_at, batch_id, paid_by_id, paid_at, received_on,
              received_from, received_noted_by_id, returned_at, returned_by_id, return_reason)
    ON aid_grant TO mingtian_case;
CREATE POLICY seen ON aid_grant FOR SELECT TO mingtian_case
USING (unit_id = ANY ((SELECT vault_ids('units'))::bigint[]));
CREATE POLICY entered ON aid_grant FOR INSERT TO mingtian_case WITH CHECK (
    unit_id = ANY ((SELECT vault_ids('clerks'))::bigint[]) AND state = 'entered'
    AND entered_by_id = nullif(current_setting('mingtian.user', true), '')::bigint);
CREATE POLICY moved ON aid_grant FOR UPDATE TO mingtian_case
USING (unit_id = ANY ((SELECT vault_ids('units'))::bigint[]));
CREATE POLICY dropped ON aid_grant FOR DELETE TO mingtian_case
USING (unit_id = ANY ((SELECT vault_ids('units'))::bigint[]) AND state = 'entered');

GRANT SELECT, INSERT ON aid_export TO mingtian_case;
CREATE POLICY own ON aid_export TO mingtian_case
USING (made_by_id = nullif(current_setting('mingtian.user', true), '')::bigint)
WITH CHECK (batch_id IN (SELECT id FROM aid_batch)
            AND made_by_id = nullif(current_setting('mingtian.user', true), '')::bigint);
