CREATE TABLE "refusal_hours" (
	"source_id" uuid,
	"reason" text NOT NULL,
	"hour" bigint NOT NULL,
	"count" integer NOT NULL,
	"last_at" bigint NOT NULL,
	"last_address" text,
	CONSTRAINT "refusal_hours_by_hour" UNIQUE NULLS NOT DISTINCT("hour","source_id","reason")
);
--> statement-breakpoint
CREATE TABLE "projections" (
	"delivery_id" bigint PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
DROP INDEX "deliveries_unreadable";--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "kept_ms" integer;--> statement-breakpoint
ALTER TABLE "refusal_hours" ADD CONSTRAINT "refusal_hours_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliveries_newest_first" ON "deliveries" USING btree ("source_id","received_at","id");--> statement-breakpoint
CREATE INDEX "deliveries_of_type" ON "deliveries" USING btree ("source_id","type","received_at","id");--> statement-breakpoint
CREATE INDEX "deliveries_ignored" ON "deliveries" USING btree ("source_id","received_at","id") WHERE status = 'ignored';--> statement-breakpoint
CREATE INDEX "deliveries_repeated" ON "deliveries" USING btree ("source_id","received_at","id") WHERE repeats > 0;--> statement-breakpoint
CREATE INDEX "events_by_delivery" ON "events" USING btree ("delivery_id") WHERE delivery_id is not null;--> statement-breakpoint
CREATE INDEX "deliveries_unreadable" ON "deliveries" USING btree ("source_id","received_at","id") WHERE status = 'unreadable';