-- The epoch in which keys were last made: identity of the cluster and timeline. One row.
CREATE TABLE attendance_epoch (epoch text NOT NULL);

-- Sees whether the database was restored or replaced since keys were last made. Then keys given
-- before may be forgotten here and still stand in the tokens of phones; made a second time, such
-- a token would speak for another family. So the keys that tokens carry go on far ahead.
CREATE FUNCTION attendance_renew_epoch() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    far_ahead CONSTANT integer := 1 << 24;
    present CONSTANT text := (
        SELECT s.system_identifier || ':' || left(pg_walfile_name(pg_current_wal_lsn()), 8)
        FROM pg_control_system() AS s);
    keys regclass;
BEGIN
    IF EXISTS (SELECT FROM attendance_epoch WHERE epoch = present) THEN
        RETURN;
    END IF;
    LOCK TABLE attendance_epoch IN EXCLUSIVE MODE;
    IF EXISTS (SELECT FROM attendance_epoch WHERE epoch = present) THEN
        RETURN;
    END IF;
    IF EXISTS (SELECT FROM attendance_epoch) THEN
        FOREACH keys IN ARRAY ARRAY[
            pg_get_serial_sequence('people_person', 'id'),
            pg_get_serial_sequence('people_household', 'id'),
            pg_get_serial_sequence('attendance_seat', 'id')]
        LOOP
            PERFORM setval(keys, nextval(keys) + far_ahead);
        END LOOP;
    END IF;
    DELETE FROM attendance_epoch;
    INSERT INTO attendance_epoch (epoch) VALUES (present);
END $$;
