CREATE TABLE "audit_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" bigint NOT NULL,
	"action" text NOT NULL,
	"who_kind" text NOT NULL,
	"who_id" text,
	"who_label" text NOT NULL,
	"about_kind" text,
	"about_id" text,
	"about_label" text,
	"details" jsonb NOT NULL,
	"outcome" text NOT NULL,
	"address" text,
	"user_agent" text,
	"words" "tsvector" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "installation" ADD COLUMN "audit_days" integer;--> statement-breakpoint
CREATE INDEX "audit_entries_newest_first" ON "audit_entries" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "audit_entries_of_action" ON "audit_entries" USING btree ("action","at","id");--> statement-breakpoint
CREATE INDEX "audit_entries_of_kind" ON "audit_entries" USING btree ("who_kind","at","id");--> statement-breakpoint
CREATE INDEX "audit_entries_of_who" ON "audit_entries" USING btree ("who_id","at","id") WHERE who_id is not null;--> statement-breakpoint
CREATE INDEX "audit_entries_about" ON "audit_entries" USING btree ("about_id","at","id") WHERE about_id is not null;--> statement-breakpoint
CREATE INDEX "audit_entries_by_words" ON "audit_entries" USING gin ("words");--> statement-breakpoint
-- An entry is never changed and never deleted, but for two cases, and the transaction says so: an erasure takes what
-- names somebody out of it, and what is older than the log is kept is deleted.
CREATE FUNCTION audit_entries_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('rollcall.trimming_audit', true) = 'on' THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE'
    AND current_setting('rollcall.erasing_audit', true) = 'on'
    AND NEW.id = OLD.id
    AND NEW.at = OLD.at
    AND NEW.action = OLD.action
    AND NEW.who_kind = OLD.who_kind
    AND NEW.who_id IS NOT DISTINCT FROM OLD.who_id
    AND NEW.who_label = OLD.who_label
    AND NEW.about_kind IS NOT DISTINCT FROM OLD.about_kind
    AND NEW.outcome = OLD.outcome
    AND NEW.address IS NOT DISTINCT FROM OLD.address
    AND NEW.user_agent IS NOT DISTINCT FROM OLD.user_agent
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the audit log is append-only: no % on it', TG_OP;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_entries_are_append_only BEFORE UPDATE OR DELETE ON audit_entries
  FOR EACH ROW EXECUTE FUNCTION audit_entries_are_append_only();
--> statement-breakpoint
CREATE TRIGGER audit_entries_are_not_truncated BEFORE TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_are_append_only();
