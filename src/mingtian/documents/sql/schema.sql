-- An issued document is a fact: its number and what it says do not change, and it is not deleted.
CREATE FUNCTION documents_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.number IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND
       (NEW.unit_id, NEW.genre, NEW.symbol, NEW.year, NEW.number, NEW.reference, NEW.mark, NEW.title,
        NEW.addressee, NEW.body, NEW.indicators, NEW.parent_id, NEW.parent_number, NEW.issued_at,
        NEW.version, NEW.replaces_id, NEW.source)
       IS NOT DISTINCT FROM
       (OLD.unit_id, OLD.genre, OLD.symbol, OLD.year, OLD.number, OLD.reference, OLD.mark, OLD.title,
        OLD.addressee, OLD.body, OLD.indicators, OLD.parent_id, OLD.parent_number, OLD.issued_at,
        OLD.version, OLD.replaces_id, OLD.source)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an issued document does not change';
END $$;

CREATE TRIGGER documents_document_stays BEFORE UPDATE OR DELETE ON documents_document
FOR EACH ROW EXECUTE FUNCTION documents_refuse_change();
