CREATE TABLE "erased_identities" (
	"source_id" uuid NOT NULL,
	"hash" "bytea" NOT NULL,
	"number" bigint NOT NULL,
	"kind" text NOT NULL,
	"pseudonym" text NOT NULL,
	"is_identity" boolean NOT NULL,
	"until" bigint NOT NULL,
	CONSTRAINT "erased_identities_by_hash" PRIMARY KEY("source_id","hash","number")
);
--> statement-breakpoint
CREATE TABLE "erased_people" (
	"number" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "erased_people_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"source_id" uuid NOT NULL,
	"at" bigint NOT NULL,
	"subject" jsonb
);
--> statement-breakpoint
CREATE TABLE "kept_returns" (
	"room_id" bigint NOT NULL,
	"participant_id" text NOT NULL,
	"started_at" bigint NOT NULL,
	CONSTRAINT "kept_returns_of_room" PRIMARY KEY("room_id","participant_id","started_at")
);
--> statement-breakpoint
CREATE INDEX "erased_identities_of_person" ON "erased_identities" USING btree ("number","kind");--> statement-breakpoint
CREATE INDEX "erased_people_of_source" ON "erased_people" USING btree ("source_id");
--> statement-breakpoint
-- The one change of an event that there is: the erasure of a person writes pseudonyms in the place of their names and
-- ids, and says so for its own transaction. When it happened, and which delivery reported it, stay.
CREATE OR REPLACE FUNCTION events_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('rollcall.withdrawing', true) = 'on' THEN
    RETURN coalesce(NEW, OLD);
  END IF;
  IF TG_OP = 'UPDATE'
    AND NEW.type = OLD.type
    AND NEW.at = OLD.at
    AND NEW.delivery_id IS NOT DISTINCT FROM OLD.delivery_id
    AND (
      NEW.participant_id IS NOT DISTINCT FROM OLD.participant_id AND NEW.data = OLD.data
      OR current_setting('rollcall.erasing_person', true) = 'on'
        AND NEW.meeting_id = OLD.meeting_id
        AND NEW.seq = OLD.seq
    )
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'events are append-only: tell them again with "replay" instead of a % on them', TG_OP;
END $$;
