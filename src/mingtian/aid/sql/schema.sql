-- Guards of aid: who sees which row, what may follow what, and which amounts can be at all.

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
    ADD CONSTRAINT aid_grant_days CHECK (days BETWEEN 1 AND 200 AND (per = 'day' OR days = 1)),
    ADD CONSTRAINT aid_grant_steps CHECK (
        (state = 'entered') = (approved_by_id IS NULL)
        AND (approved_by_id IS NULL) = (approved_at IS NULL)
        AND (state IN ('paid', 'received', 'returned')) = (paid_by_id IS NOT NULL)
        AND (paid_by_id IS NULL) = (paid_at IS NULL)
        AND (state IN ('batched', 'paid', 'received', 'returned')) = (batch_id IS NOT NULL)
        AND (state = 'returned') = (returned_at IS NOT NULL)
        AND (state <> 'received' OR received_on IS NOT NULL));

-- One step after the other, each by the person at the door; what was approved stays as it was.
CREATE FUNCTION aid_grant_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who bigint := nullif(current_setting('mingtian.user', true), '')::bigint;
BEGIN
    IF (NEW.child_id, NEW.listing_id, NEW.rate_id, NEW.amount, NEW.days, NEW.level, NEW.boarding,
        NEW.entered_by_id, NEW.entered_at)
        IS DISTINCT FROM (OLD.child_id, OLD.listing_id, OLD.rate_id, OLD.amount, OLD.days, OLD.level,
                          OLD.boarding, OLD.entered_by_id, OLD.entered_at)
        OR (OLD.state <> 'entered' AND NEW.payee_id IS DISTINCT FROM OLD.payee_id
            AND NEW.payee_id IS NOT NULL)
    THEN
        RAISE EXCEPTION 'a grant line is not changed';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('entered', 'approved'), ('approved', 'batched'), ('batched', 'approved'), ('batched', 'paid'),
        ('paid', 'received'), ('paid', 'returned'), ('received', 'returned'))
    THEN
        RAISE EXCEPTION 'a grant does not go from % to %', OLD.state, NEW.state;
    END IF;
    IF current_user = 'mingtian_case' AND (
        (NEW.state = 'approved' AND OLD.state = 'entered' AND NEW.approved_by_id IS DISTINCT FROM who)
        OR (NEW.state = 'paid' AND OLD.state = 'batched' AND NEW.paid_by_id IS DISTINCT FROM who)
        OR (OLD.approved_by_id IS NOT NULL AND NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id)
        OR (OLD.paid_by_id IS NOT NULL AND NEW.paid_by_id IS DISTINCT FROM OLD.paid_by_id))
    THEN
        RAISE EXCEPTION 'nobody acts in another''s name';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER aid_grant_step BEFORE UPDATE ON aid_grant FOR EACH ROW EXECUTE FUNCTION aid_grant_step();

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

-- What waits for a person: lists to approve, money to be paid, batches to finish, receipts to note.
CREATE FUNCTION aid_waits(who bigint, at timestamptz, day date)
RETURNS TABLE (kind text, number bigint, due timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH post AS MATERIALIZED (
        SELECT post.unit_id, post.role FROM org_post post
        JOIN auth_user person ON person.id = post.user_id AND person.is_active
        WHERE post.user_id = who AND post.line = 'leads' AND org_holds(post.starts_on, post.ends_on, day)
          AND post.role IN ('office', 'director', 'cashier', 'aid_clerk')
    )
    SELECT 'aid.approve', count(DISTINCT list.id), NULL::timestamptz
    FROM aid_list list JOIN aid_fund fund ON fund.id = list.fund_id
    JOIN post ON post.unit_id = fund.unit_id AND post.role IN ('office', 'director')
    WHERE list.state = 'entered' AND list.entered_by_id <> who
      AND EXISTS (SELECT FROM aid_grant line WHERE line.listing_id = list.id)
    HAVING count(DISTINCT list.id) > 0
    UNION ALL
    SELECT 'aid.pay', count(*), NULL::timestamptz
    FROM aid_fund fund JOIN post ON post.unit_id = fund.unit_id AND post.role = 'cashier'
    JOIN aid_grant line ON line.fund_id = fund.id AND line.state = 'approved'
    HAVING count(*) > 0
    UNION ALL
    SELECT 'aid.batch', count(*), NULL::timestamptz
    FROM aid_batch batch JOIN post ON post.unit_id = batch.unit_id AND post.role = 'cashier'
    WHERE batch.paid_at IS NULL AND batch.dissolved_at IS NULL
    HAVING count(*) > 0
    UNION ALL
    SELECT 'aid.receive', count(*), NULL::timestamptz
    FROM aid_grant line JOIN post ON post.unit_id = line.unit_id AND post.role = 'aid_clerk'
    WHERE line.state = 'paid' AND line.paid_at < at - interval '3 days'
    HAVING count(*) > 0
$$;

CALL vault_give_to_keeper('aid_waits(bigint, timestamptz, date)');
