-- Facts are taken back in two cases only, and the transaction says so: a replay tells a delivery anew, and an
-- erasure leaves nothing of a meeting's people.
CREATE OR REPLACE FUNCTION events_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('rollcall.withdrawing', true) = 'on' THEN
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
