DROP INDEX "source_secrets_live_by_source";--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "rebuild_stopped_at" bigint;--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "room_titles" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "pinged_at" bigint;--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "sealed_api_key" "bytea";--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "deleting_since" bigint;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "given_title" text;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "reported_title" text;--> statement-breakpoint
UPDATE "rooms" SET "reported_title" = "title" WHERE "title" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "source_secrets_by_source" ON "source_secrets" USING btree ("source_id");