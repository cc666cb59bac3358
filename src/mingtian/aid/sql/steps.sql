-- The steps of a grant, and what waits at each. May be run again over an earlier form of itself.

-- A line on hold has left its batch with its money still set aside; its money goes back without a payment,
-- or it waits again.
ALTER TABLE aid_grant DROP CONSTRAINT IF EXISTS aid_grant_steps;
ALTER TABLE aid_grant ADD CONSTRAINT aid_grant_steps CHECK (
    (state = 'entered') = (approved_by_id IS NULL)
    AND (approved_by_id IS NULL) = (approved_at IS NULL)
    AND (paid_by_id IS NULL) = (paid_at IS NULL)
    AND CASE WHEN state IN ('paid', 'received') THEN paid_by_id IS NOT NULL AND batch_id IS NOT NULL
             WHEN state = 'returned' THEN (paid_by_id IS NOT NULL) = (batch_id IS NOT NULL)
                                          AND (paid_by_id IS NULL) = (held_at IS NOT NULL)
             ELSE paid_by_id IS NULL AND (batch_id IS NOT NULL) = (state = 'batched') END
    AND (state IN ('held', 'returned') OR held_at IS NULL) AND (state <> 'held' OR held_at IS NOT NULL)
    AND (state = 'returned') = (returned_at IS NOT NULL)
    AND (state <> 'received' OR received_on IS NOT NULL));
GRANT UPDATE (held_at) ON aid_grant TO mingtian_case;
GRANT UPDATE (fetched_at) ON aid_batch TO mingtian_case;

-- One step after the other, each by the person at the door; what was approved stays as it was.
CREATE OR REPLACE FUNCTION aid_grant_step() RETURNS trigger LANGUAGE plpgsql AS $$
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
        ('batched', 'held'), ('held', 'approved'), ('held', 'returned'), ('paid', 'received'),
        ('paid', 'returned'), ('received', 'returned'))
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
CREATE OR REPLACE TRIGGER aid_grant_step BEFORE UPDATE ON aid_grant FOR EACH ROW EXECUTE FUNCTION aid_grant_step();

-- What waits for a person: lists to approve, money to be paid, batches to finish, grants on hold, receipts
-- to note. The function is the keeper's, so it is made anew and given again.
DROP FUNCTION IF EXISTS aid_waits(bigint, timestamptz, date);
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
      AND (SELECT sum(line.amount) FROM aid_grant line WHERE line.listing_id = list.id) <= CASE
          WHEN post.role = 'director' THEN 'infinity'::numeric
          ELSE coalesce((SELECT told.amount FROM aid_limit told
                         WHERE told.fund_id = fund.id AND told.valid_from <= day
                         ORDER BY told.valid_from DESC, told.id DESC LIMIT 1), fund.office_limit) END
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
    SELECT 'aid.held', count(*), NULL::timestamptz
    FROM aid_fund fund JOIN post ON post.unit_id = fund.unit_id AND post.role = 'cashier'
    JOIN aid_grant line ON line.fund_id = fund.id AND line.state = 'held'
    HAVING count(*) > 0
    UNION ALL
    SELECT 'aid.receive', count(*), NULL::timestamptz
    FROM aid_grant line JOIN post ON post.unit_id = line.unit_id AND post.role = 'aid_clerk'
    WHERE line.state = 'paid' AND line.paid_at < at - interval '3 days'
    HAVING count(*) > 0
$$;

CALL vault_give_to_keeper('aid_waits(bigint, timestamptz, date)');
