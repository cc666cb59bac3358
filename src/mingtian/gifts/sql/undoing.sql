-- A hand-over that was noted wrongly is undone, by somebody who supervises the place; and at each step the
-- person at the door writes what belongs to that step and nothing else.
CREATE OR REPLACE FUNCTION gifts_handover_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who bigint := nullif(current_setting('mingtian.user', true), '')::bigint;
    handing boolean := OLD.state = 'planned' AND NEW.state IN ('handed', 'confirmed');
    undoing boolean := NEW.state = 'undone' AND OLD.state <> 'undone';
BEGIN
    IF (NEW.public_id, NEW.round_id, NEW.unit_id, NEW.child_id, NEW.planned_by_id, NEW.planned_at)
        IS DISTINCT FROM (OLD.public_id, OLD.round_id, OLD.unit_id, OLD.child_id, OLD.planned_by_id, OLD.planned_at)
    THEN
        RAISE EXCEPTION 'a hand-over is not changed';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('planned', 'handed'), ('planned', 'confirmed'), ('planned', 'not_given'), ('handed', 'confirmed'),
        ('handed', 'undone'), ('confirmed', 'undone'))
    THEN
        RAISE EXCEPTION 'a hand-over does not go from % to %', OLD.state, NEW.state;
    END IF;
    -- The keeper takes a signature away when a child is erased.
    IF current_user <> 'mingtian_case' THEN
        RETURN NEW;
    END IF;
    IF NEW.state = OLD.state
       OR NOT handing AND (NEW.way, NEW.handed_by_id, NEW.handed_at, NEW.signer)
           IS DISTINCT FROM (OLD.way, OLD.handed_by_id, OLD.handed_at, OLD.signer)
       OR NEW.state <> 'confirmed' AND (NEW.confirmed_by_id, NEW.confirmed_at)
           IS DISTINCT FROM (OLD.confirmed_by_id, OLD.confirmed_at)
       OR NEW.state <> 'not_given' AND NEW.reason IS DISTINCT FROM OLD.reason
    THEN
        RAISE EXCEPTION 'what was signed stays';
    END IF;
    IF handing AND NEW.handed_by_id IS DISTINCT FROM who
       OR NEW.confirmed_by_id IS DISTINCT FROM OLD.confirmed_by_id AND NEW.confirmed_by_id IS DISTINCT FROM who
       OR undoing AND NEW.undone_by_id IS DISTINCT FROM who
    THEN
        RAISE EXCEPTION 'nobody acts in another''s name';
    END IF;
    IF undoing AND NOT NEW.unit_id = ANY (vault_ids('supervised')) THEN
        RAISE EXCEPTION 'who supervises the place undoes a hand-over';
    END IF;
    RETURN NEW;
END $$;

GRANT UPDATE (undone_by_id, undone_at, undone_for) ON gifts_handover TO mingtian_case;
