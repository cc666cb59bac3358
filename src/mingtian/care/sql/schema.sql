-- Cases behind the second wall (docs/mechanisms/vault.md): who sees which row. What is derived stands in
-- derived.sql, referrals and what was done without a consent in referrals.sql.

CREATE SEQUENCE care_case_number;
GRANT USAGE ON SEQUENCE care_case_number TO mingtian_case;

CREATE FUNCTION care_me() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT nullif(current_setting('mingtian.user', true), '')::bigint
$$;

-- Says whether the person at the door sees number, state and days of a child by a post. For the rows
-- of one case; lists read care_case, which carries its units.
CREATE FUNCTION care_oversees(one bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (
        SELECT FROM vault_child child
        WHERE child.id = one AND (child.unit_id = ANY (vault_ids('supervised') || vault_ids('registering'))
                                  OR child.school_id = ANY (vault_ids('supervised') || vault_ids('registering'))))
$$;

-- The open case of a child in whose life the person at the door has a part: a counsellor, who sees no case,
-- notes under it that somebody asked after the child.
CREATE FUNCTION care_case_of(one bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT own.id FROM care_case own
    WHERE own.child_id = one AND own.closed_at IS NULL AND one = ANY (vault_ids('reached'))
$$;

-- A case is where its child is.
CREATE FUNCTION care_follow_child() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE care_case SET unit_id = NEW.unit_id, school_id = NEW.school_id WHERE child_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER care_follow AFTER UPDATE OF unit_id, school_id ON vault_child
FOR EACH ROW WHEN ((OLD.unit_id, OLD.school_id) IS DISTINCT FROM (NEW.unit_id, NEW.school_id))
EXECUTE FUNCTION care_follow_child();

-- An office decides on a plan and changes nothing in it.
CREATE FUNCTION care_keep_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'mingtian_case' AND NEW.child_id <> ALL (vault_ids('worker'))
       AND (OLD.goals, OLD.areas, OLD.agreed, OLD.agreed_on, OLD.review_on)
           IS DISTINCT FROM (NEW.goals, NEW.areas, NEW.agreed, NEW.agreed_on, NEW.review_on) THEN
        RAISE EXCEPTION 'an office decides on a plan and writes none';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER kept BEFORE UPDATE ON care_plan FOR EACH ROW EXECUTE FUNCTION care_keep_plan();

-- A report of duty stays; when its child is erased, its words alone go.
CREATE FUNCTION care_keep_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.words IS NULL AND NEW.sealed_as = ''
           AND (OLD.id, OLD.public_id, OLD.child_id, OLD.by_id, OLD.at, OLD.told, OLD.told_at)
               IS NOT DISTINCT FROM (NEW.id, NEW.public_id, NEW.child_id, NEW.by_id, NEW.at, NEW.told, NEW.told_at) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a report of duty stays';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON care_report
FOR EACH ROW EXECUTE FUNCTION care_keep_report();

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['care_case', 'care_assignment', 'care_transfer', 'care_assessment', 'care_plan',
        'care_service', 'care_review', 'care_milestone', 'care_contact', 'care_liaison', 'care_report', 'care_seen',
        'care_talk', 'care_note', 'care_ticket'] LOOP
        CALL vault_guard(guarded::regclass);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO mingtian_case', guarded);
    END LOOP;
END $$;
REVOKE DELETE ON care_report FROM mingtian_keeper;

-- The case itself, not for clerks, who see a child's number for the lists of aid alone. Its list must not cost more than one without policies (bench/cases.py).
GRANT UPDATE (worker_id, version, reopened_at, contact_from, closed_at, closed_by_id, closed_for)
    ON care_case TO mingtian_case;
CREATE POLICY seen ON care_case FOR SELECT TO mingtian_case USING (
    unit_id = ANY ((SELECT vault_ids('supervised') || vault_ids('registering'))::bigint[])
    OR school_id = ANY ((SELECT vault_ids('supervised') || vault_ids('registering'))::bigint[])
    OR child_id = ANY ((SELECT vault_ids('files'))::bigint[]));
CREATE POLICY opened ON care_case FOR INSERT TO mingtian_case WITH CHECK (
    unit_id = ANY ((SELECT vault_ids('registering'))::bigint[])
    OR child_id = ANY ((SELECT vault_ids('worker'))::bigint[]));
CREATE POLICY changed ON care_case FOR UPDATE TO mingtian_case USING (
    unit_id = ANY ((SELECT vault_ids('registering'))::bigint[])
    OR child_id = ANY ((SELECT vault_ids('worker'))::bigint[]));

-- What belongs to a case: written by its workers, seen by readers of the file (texts with their keys)
-- and by posts above (numbers, states and days).
DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['care_assessment', 'care_plan', 'care_service', 'care_review', 'care_milestone', 'care_contact'] LOOP
        EXECUTE format('CREATE POLICY seen ON %I FOR SELECT TO mingtian_case USING (
            child_id = ANY ((SELECT vault_ids(''files''))::bigint[]) OR care_oversees(child_id))', guarded);
        EXECUTE format('CREATE POLICY noted ON %I FOR INSERT TO mingtian_case WITH CHECK (
            child_id = ANY ((SELECT vault_ids(''worker''))::bigint[]) AND by_id = care_me())', guarded);
        EXECUTE format('CREATE POLICY changed ON %I FOR UPDATE TO mingtian_case USING (
            child_id = ANY ((SELECT vault_ids(''worker''))::bigint[]))', guarded);
    END LOOP;
END $$;
GRANT UPDATE (state, goals, areas, agreed, agreed_on, review_on, rule, rule_title, submitted_at, decided_at, decided_by_id)
    ON care_plan TO mingtian_case;
GRANT UPDATE (done_on, done_at, outcome, result, called_off_at) ON care_service TO mingtian_case;
GRANT UPDATE (reached_on, by_id, at) ON care_milestone TO mingtian_case;
GRANT UPDATE (spoke_on, way, by_id, at) ON care_contact TO mingtian_case;
CREATE POLICY decided ON care_plan FOR UPDATE TO mingtian_case USING (care_oversees(child_id));

CREATE POLICY seen ON care_assignment FOR SELECT TO mingtian_case USING (
    user_id = (SELECT care_me()) OR child_id = ANY ((SELECT vault_ids('files'))::bigint[]) OR care_oversees(child_id));
CREATE POLICY given ON care_assignment FOR INSERT TO mingtian_case WITH CHECK (
    by_id = care_me()
    AND (child_id = ANY ((SELECT vault_ids('worker'))::bigint[]) OR care_oversees(child_id)));
CREATE POLICY ended ON care_assignment FOR UPDATE TO mingtian_case USING (
    child_id = ANY ((SELECT vault_ids('worker'))::bigint[]) OR care_oversees(child_id));
GRANT UPDATE (ends_at) ON care_assignment TO mingtian_case;

CREATE POLICY seen ON care_transfer FOR SELECT TO mingtian_case USING (
    to_id = (SELECT care_me()) OR child_id = ANY ((SELECT vault_ids('files'))::bigint[]) OR care_oversees(child_id));
CREATE POLICY asked ON care_transfer FOR INSERT TO mingtian_case WITH CHECK (
    by_id = care_me()
    AND (child_id = ANY ((SELECT vault_ids('worker'))::bigint[]) OR care_oversees(child_id)));
CREATE POLICY answered ON care_transfer FOR UPDATE TO mingtian_case USING (
    to_id = (SELECT care_me()) OR by_id = (SELECT care_me())
    OR child_id = ANY ((SELECT vault_ids('worker'))::bigint[]));
GRANT UPDATE (accepted_at, ended_at) ON care_transfer TO mingtian_case;

-- A counsellor notes contacts about a child that stays away, without words.
CREATE POLICY seen ON care_liaison FOR SELECT TO mingtian_case USING (
    child_id = ANY ((SELECT vault_ids('files'))::bigint[]) OR care_oversees(child_id)
    OR (by_id = (SELECT care_me()) AND child_id = ANY ((SELECT vault_ids('counsellor'))::bigint[])));
CREATE POLICY noted ON care_liaison FOR INSERT TO mingtian_case WITH CHECK (
    by_id = care_me()
    AND (child_id = ANY ((SELECT vault_ids('worker'))::bigint[])
         OR (child_id = ANY ((SELECT vault_ids('counsellor'))::bigint[]) AND kind = 'truancy' AND words IS NULL)));

-- Whoever has a part or a post for a child may report; offices above see at once that it was done.
CREATE POLICY seen ON care_report FOR SELECT TO mingtian_case USING (
    by_id = (SELECT care_me()) OR child_id = ANY ((SELECT vault_ids('files'))::bigint[]) OR care_oversees(child_id));
CREATE POLICY made ON care_report FOR INSERT TO mingtian_case WITH CHECK (
    by_id = care_me()
    AND (child_id = ANY ((SELECT vault_ids('reached'))::bigint[]) OR care_oversees(child_id)));
CREATE POLICY seen ON care_seen FOR SELECT TO mingtian_case USING (
    EXISTS (SELECT FROM care_report report WHERE report.id = report_id));
CREATE POLICY noted ON care_seen FOR INSERT TO mingtian_case WITH CHECK (
    by_id = care_me()
    AND EXISTS (SELECT FROM care_report report WHERE report.id = report_id AND care_oversees(report.child_id)));

-- That a talk took place, and its notes: these are the counsellor's own, whoever else is counsellor.
CREATE POLICY seen ON care_talk FOR SELECT TO mingtian_case USING (
    by_id = (SELECT care_me()) OR child_id = ANY ((SELECT vault_ids('files'))::bigint[]) OR care_oversees(child_id)
    OR (child_id = ANY ((SELECT vault_ids('counsellor'))::bigint[])
        AND EXISTS (SELECT FROM care_note note WHERE note.talk_id = care_talk.id)));
CREATE POLICY held ON care_talk FOR INSERT TO mingtian_case WITH CHECK (
    by_id = care_me() AND child_id = ANY ((SELECT vault_ids('counsellor'))::bigint[]));
CREATE POLICY own ON care_note FOR SELECT TO mingtian_case USING (
    child_id = ANY ((SELECT vault_ids('counsellor'))::bigint[])
    AND (SELECT care_me()) IN (by_id, handed_to_id));
CREATE POLICY written ON care_note FOR INSERT TO mingtian_case WITH CHECK (
    by_id = care_me() AND handed_to_id IS NULL
    AND child_id = ANY ((SELECT vault_ids('counsellor'))::bigint[]));
CREATE POLICY handed ON care_note FOR UPDATE TO mingtian_case USING (
    by_id = (SELECT care_me()) AND child_id = ANY ((SELECT vault_ids('counsellor'))::bigint[]));
GRANT UPDATE (handed_to_id) ON care_note TO mingtian_case;

CREATE POLICY seen ON care_ticket FOR SELECT TO mingtian_case USING (
    child_id = ANY ((SELECT vault_ids('files'))::bigint[]) OR care_oversees(child_id)
    OR (by_id = (SELECT care_me()) AND child_id = ANY ((SELECT vault_ids('reached'))::bigint[])));
CREATE POLICY opened ON care_ticket FOR INSERT TO mingtian_case WITH CHECK (
    by_id = care_me()
    AND child_id = ANY ((SELECT vault_ids('worker') || vault_ids('helper') || vault_ids('counsellor'))::bigint[]));
CREATE POLICY answered ON care_ticket FOR UPDATE TO mingtian_case USING (
    care_oversees(child_id) OR (by_id = (SELECT care_me()) AND child_id = ANY ((SELECT vault_ids('reached'))::bigint[])));
GRANT UPDATE (answer, answered_at, answered_by_id, closed_at) ON care_ticket TO mingtian_case;

-- In how many open cases somebody is the worker, for whoever ends that person's post.
CREATE FUNCTION care_in_hand(who bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT count(*) FROM care_assignment part JOIN care_case own ON own.id = part.case_id
    WHERE part.user_id = who AND part.ends_at IS NULL AND part.duty = 'lead' AND own.closed_at IS NULL
$$;

-- A role may own functions only where it may create; so it may for the length of this.
GRANT CREATE ON SCHEMA public TO mingtian_keeper;
ALTER FUNCTION care_oversees(bigint) OWNER TO mingtian_keeper;
ALTER FUNCTION care_in_hand(bigint) OWNER TO mingtian_keeper;
ALTER FUNCTION care_case_of(bigint) OWNER TO mingtian_keeper;
ALTER FUNCTION care_follow_child() OWNER TO mingtian_keeper;
REVOKE CREATE ON SCHEMA public FROM mingtian_keeper;
