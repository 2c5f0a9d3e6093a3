DROP INDEX "meetings_newest_first";--> statement-breakpoint
DROP INDEX "meetings_latest_heard";--> statement-breakpoint
DROP INDEX "waits_newest_first";--> statement-breakpoint
CREATE INDEX "attendances_of_user" ON "attendances" USING btree ("user_id") WHERE user_id is not null;--> statement-breakpoint
CREATE INDEX "attendances_of_name" ON "attendances" USING btree ("name_key");--> statement-breakpoint
CREATE INDEX "attendances_of_connection" ON "attendances" USING btree ("person_id") WHERE user_id is null;--> statement-breakpoint
CREATE INDEX "meetings_newest_first" ON "meetings" USING btree ("first_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE merged_into is null;--> statement-breakpoint
CREATE INDEX "meetings_latest_heard" ON "meetings" USING btree ("tip_at" DESC NULLS FIRST) WHERE merged_into is null;--> statement-breakpoint
CREATE INDEX "waits_newest_first" ON "waits" USING btree ("started_at" DESC NULLS FIRST,"meeting_id","participant_id");--> statement-breakpoint
-- Where the database has no trigrams, or we may not have them, a search reads all names instead.
DO $$ BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX attendances_of_text ON attendances USING gin (name gin_trgm_ops);
  CREATE INDEX rooms_of_text ON rooms USING gin (key gin_trgm_ops, title gin_trgm_ops);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
  RAISE NOTICE 'searching for text without pg_trgm';
END $$;
