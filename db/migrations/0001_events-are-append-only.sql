-- An event is a fact. It is never deleted and never changed, except where it is filed: its meeting, its
-- place there and its person, which follow from all facts together. A replay, which tells the same facts
-- again from the kept deliveries, says so for its own transaction and may then do both.
CREATE FUNCTION events_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('rollcall.replaying', true) = 'on' THEN
    RETURN coalesce(NEW, OLD);
  END IF;
  IF TG_OP = 'UPDATE'
    AND NEW.type = OLD.type
    AND NEW.at = OLD.at
    AND NEW.participant_id IS NOT DISTINCT FROM OLD.participant_id
    AND NEW.data = OLD.data
    AND NEW.delivery_id IS NOT DISTINCT FROM OLD.delivery_id
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'events are append-only: tell them again with "replay" instead of a % on them', TG_OP;
END $$;
--> statement-breakpoint
CREATE TRIGGER events_are_append_only BEFORE UPDATE OR DELETE ON events
  FOR EACH ROW EXECUTE FUNCTION events_are_append_only();
--> statement-breakpoint
CREATE TRIGGER events_are_not_truncated BEFORE TRUNCATE ON events
  FOR EACH STATEMENT EXECUTE FUNCTION events_are_append_only();
