-- Guards of gifts: what may follow what, and who sees which row about a child.

-- A gift stays as it was recorded; it is undone once, with a reason.
CREATE FUNCTION gifts_gift_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.undone_at IS NOT NULL OR NEW.undone_at IS NULL OR NEW.undone_for = ''
       OR NEW.undone_by_id IS NULL
       OR (NEW.public_id, NEW.unit_id, NEW.county_id, NEW.year, NEW.number, NEW.donor_id, NEW.drive_id,
           NEW.kind, NEW.tag, NEW.received_on, NEW.amount, NEW.receiver, NEW.receipt, NEW.receipt_on)
          IS DISTINCT FROM
          (OLD.public_id, OLD.unit_id, OLD.county_id, OLD.year, OLD.number, OLD.donor_id, OLD.drive_id,
           OLD.kind, OLD.tag, OLD.received_on, OLD.amount, OLD.receiver, OLD.receipt, OLD.receipt_on)
    THEN
        RAISE EXCEPTION 'a gift stays as it was recorded';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER gifts_gift_stays BEFORE UPDATE OR DELETE ON gifts_gift
FOR EACH ROW EXECUTE FUNCTION gifts_gift_stays();

CREATE FUNCTION gifts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was recorded stays';
END $$;
CREATE TRIGGER gifts_line_stays BEFORE UPDATE OR DELETE ON gifts_line
FOR EACH ROW EXECUTE FUNCTION gifts_refuse_change();
CREATE TRIGGER gifts_move_stays BEFORE UPDATE OR DELETE ON gifts_move
FOR EACH ROW EXECUTE FUNCTION gifts_refuse_change();

-- One step after the other, each by the person at the door.
CREATE FUNCTION gifts_handover_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who bigint := nullif(current_setting('mingtian.user', true), '')::bigint;
BEGIN
    IF (NEW.public_id, NEW.round_id, NEW.unit_id, NEW.child_id, NEW.planned_by_id, NEW.planned_at)
        IS DISTINCT FROM (OLD.public_id, OLD.round_id, OLD.unit_id, OLD.child_id, OLD.planned_by_id, OLD.planned_at)
    THEN
        RAISE EXCEPTION 'a hand-over is not changed';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('planned', 'handed'), ('planned', 'confirmed'), ('planned', 'not_given'), ('handed', 'confirmed'))
    THEN
        RAISE EXCEPTION 'a hand-over does not go from % to %', OLD.state, NEW.state;
    END IF;
    IF current_user = 'mingtian_case' AND (
        (NEW.handed_by_id IS DISTINCT FROM OLD.handed_by_id
         AND (OLD.handed_by_id IS NOT NULL OR NEW.handed_by_id IS DISTINCT FROM who))
        OR (NEW.confirmed_by_id IS DISTINCT FROM OLD.confirmed_by_id
            AND (OLD.confirmed_by_id IS NOT NULL OR NEW.confirmed_by_id IS DISTINCT FROM who)))
    THEN
        RAISE EXCEPTION 'nobody acts in another''s name';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER gifts_handover_step BEFORE UPDATE ON gifts_handover
FOR EACH ROW EXECUTE FUNCTION gifts_handover_step();

CREATE FUNCTION gifts_need_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who bigint := nullif(current_setting('mingtian.user', true), '')::bigint;
BEGIN
    IF (NEW.code, NEW.child_id, NEW.unit_id, NEW.county_id, NEW.thing, NEW.size, NEW.note, NEW.written_by_id)
        IS DISTINCT FROM
        (OLD.code, OLD.child_id, OLD.unit_id, OLD.county_id, OLD.thing, OLD.size, OLD.note, OLD.written_by_id)
    THEN
        RAISE EXCEPTION 'a need is not changed';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('waiting', 'released'), ('waiting', 'withdrawn'), ('released', 'withdrawn'), ('released', 'met'))
    THEN
        RAISE EXCEPTION 'a need does not go from % to %', OLD.state, NEW.state;
    END IF;
    IF current_user = 'mingtian_case' AND NEW.released_by_id IS DISTINCT FROM OLD.released_by_id
       AND (OLD.released_by_id IS NOT NULL OR NEW.released_by_id IS DISTINCT FROM who)
    THEN
        RAISE EXCEPTION 'nobody acts in another''s name';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER gifts_need_step BEFORE UPDATE ON gifts_need FOR EACH ROW EXECUTE FUNCTION gifts_need_step();

-- The second wall (docs/mechanisms/vault.md). Offices and case workers of a place see its hand-overs by number;
-- who goes to a child sees that child's.
CALL vault_guard('gifts_handover');
CALL vault_guard('gifts_handline');
CALL vault_guard('gifts_need');
GRANT SELECT ON gifts_round, gifts_item TO mingtian_case, mingtian_keeper;

GRANT SELECT, INSERT ON gifts_handover, gifts_handline, gifts_need TO mingtian_case;
GRANT UPDATE (state, way, handed_by_id, handed_at, signer, confirmed_by_id, confirmed_at, reason)
    ON gifts_handover TO mingtian_case;
CREATE POLICY seen ON gifts_handover FOR SELECT TO mingtian_case USING (
    unit_id = ANY ((SELECT vault_ids('supervised') || vault_ids('registering'))::bigint[])
    OR child_id = ANY ((SELECT vault_ids('worker') || vault_ids('helper'))::bigint[]));
CREATE POLICY planned ON gifts_handover FOR INSERT TO mingtian_case WITH CHECK (
    unit_id = ANY ((SELECT vault_ids('supervised') || vault_ids('registering'))::bigint[])
    AND child_id IN (SELECT id FROM vault_child) AND state = 'planned'
    AND planned_by_id = nullif(current_setting('mingtian.user', true), '')::bigint);
CREATE POLICY moved ON gifts_handover FOR UPDATE TO mingtian_case USING (
    unit_id = ANY ((SELECT vault_ids('supervised') || vault_ids('registering'))::bigint[])
    OR child_id = ANY ((SELECT vault_ids('worker') || vault_ids('helper'))::bigint[]));
CREATE POLICY seen ON gifts_handline FOR SELECT TO mingtian_case
USING (handover_id IN (SELECT id FROM gifts_handover));
CREATE POLICY planned ON gifts_handline FOR INSERT TO mingtian_case
WITH CHECK (handover_id IN (SELECT id FROM gifts_handover WHERE state = 'planned'));

GRANT UPDATE (state, released_by_id, released_at, ended_by_id, ended_at) ON gifts_need TO mingtian_case;
CREATE POLICY seen ON gifts_need FOR SELECT TO mingtian_case USING (
    unit_id = ANY ((SELECT vault_ids('supervised'))::bigint[])
    OR child_id = ANY ((SELECT vault_ids('worker'))::bigint[]));
CREATE POLICY written ON gifts_need FOR INSERT TO mingtian_case WITH CHECK (
    child_id = ANY ((SELECT vault_ids('worker'))::bigint[]) AND state = 'waiting'
    AND written_by_id = nullif(current_setting('mingtian.user', true), '')::bigint);
CREATE POLICY moved ON gifts_need FOR UPDATE TO mingtian_case USING (
    unit_id = ANY ((SELECT vault_ids('supervised'))::bigint[])
    OR child_id = ANY ((SELECT vault_ids('worker'))::bigint[]));

-- How many children of the county have the same released need. A number, and no child.
CREATE FUNCTION gifts_alike(counties bigint[])
RETURNS TABLE (county bigint, thing text, size text, children bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT need.county_id, need.thing::text, need.size::text, count(DISTINCT need.child_id)
    FROM gifts_need need
    WHERE need.county_id = ANY (counties) AND need.state = 'released'
    GROUP BY need.county_id, need.thing, need.size
$$;

-- What waits: hand-overs of the days up to tomorrow, confirmations by a second person, needs to release.
CREATE FUNCTION gifts_waits(who bigint, at timestamptz, day date)
RETURNS TABLE (kind text, number bigint, due timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH below AS MATERIALIZED (SELECT unit FROM vault_supervised(who, day) AS unit),
    mine AS MATERIALIZED (
        SELECT DISTINCT reach.child_id FROM vault_reach reach
        JOIN auth_user person ON person.id = reach.user_id AND person.is_active
        JOIN vault_child child ON child.id = reach.child_id AND child.erased_at IS NULL
         AND child.state = 'open'
        WHERE reach.user_id = who AND reach.part IN ('worker', 'helper') AND reach.starts_at <= at
          AND (reach.ends_at IS NULL OR reach.ends_at > at)
    )
    SELECT 'gifts.carry', count(*), NULL::timestamptz
    FROM gifts_handover one JOIN gifts_round round ON round.id = one.round_id AND round.goes_on <= day + 1
    WHERE one.state = 'planned' AND one.child_id IN (SELECT child_id FROM mine)
    UNION ALL
    SELECT 'gifts.confirm', count(*), NULL::timestamptz
    FROM gifts_handover one
    WHERE one.state = 'handed' AND one.handed_by_id <> who
      AND (one.unit_id IN (SELECT unit FROM below) OR one.child_id IN (SELECT child_id FROM mine))
    UNION ALL
    SELECT 'gifts.release', count(*), NULL::timestamptz
    FROM gifts_need need
    WHERE need.state = 'waiting' AND need.written_by_id <> who
      AND need.unit_id IN (SELECT unit FROM below)
$$;

CALL vault_give_to_keeper('gifts_alike(bigint[])', 'gifts_waits(bigint, timestamptz, date)');

GRANT SELECT, INSERT ON gifts_handout TO mingtian_case;
GRANT SELECT ON gifts_partner TO mingtian_case;
