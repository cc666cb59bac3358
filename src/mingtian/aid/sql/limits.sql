-- The limit up to which an office decides: another holds from a day to come on. What was decided stays decided.

ALTER TABLE aid_limit
    ADD CONSTRAINT aid_limit_ahead CHECK (valid_from > (timezone('Asia/Shanghai', set_at))::date);

CREATE FUNCTION aid_limit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a limit is not changed; another one is set';
END $$;
CREATE TRIGGER aid_limit_stays BEFORE UPDATE OR DELETE ON aid_limit
FOR EACH ROW EXECUTE FUNCTION aid_limit_stays();
CREATE TRIGGER aid_fund_limit_stays BEFORE UPDATE OF office_limit ON aid_fund
FOR EACH ROW WHEN (NEW.office_limit IS DISTINCT FROM OLD.office_limit) EXECUTE FUNCTION aid_limit_stays();

GRANT SELECT ON aid_limit TO mingtian_case, mingtian_keeper;
