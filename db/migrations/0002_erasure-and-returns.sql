ALTER TABLE "deliveries" ADD COLUMN "room" text;--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "erased_at" bigint;--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "erased_reason" text;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "lost_until" bigint;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "erased_at" bigint;--> statement-breakpoint
ALTER TABLE "waits" ADD COLUMN "returned" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "deliveries_silent_by_room" ON "deliveries" USING btree ("source_id","room") WHERE status <> 'recorded';