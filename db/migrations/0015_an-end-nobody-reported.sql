ALTER TABLE "attendances" ADD COLUMN "user_id_shared" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "attendances" ADD COLUMN "unknown_ms" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "attendances" ADD COLUMN "left_by" bigint;--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "overtaken_at" bigint;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "unknown_ms" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "attendances_unknown" ON "attendances" USING btree ("meeting_id","left_by") WHERE left_by is not null;--> statement-breakpoint
CREATE INDEX "attendances_sharing" ON "attendances" USING btree ("first_at") WHERE user_id_shared;