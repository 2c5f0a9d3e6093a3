CREATE TABLE "names" (
	"key" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
DROP INDEX "attendances_of_name";--> statement-breakpoint
CREATE INDEX "attendances_of_name" ON "attendances" USING btree ("name_key","meeting_id");--> statement-breakpoint
INSERT INTO "names" ("key") SELECT DISTINCT "name_key" FROM "attendances" WHERE "name_key" IS NOT NULL;--> statement-breakpoint
-- Trigrams of every attendance cost the recorder much and help little: those of every name are enough.
DROP INDEX IF EXISTS attendances_of_text;--> statement-breakpoint
DO $$ BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX names_of_text ON names USING gin (key gin_trgm_ops);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
  RAISE NOTICE 'searching for text without pg_trgm';
END $$;
