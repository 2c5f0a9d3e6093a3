CREATE TABLE "catch_ups" (
	"source_id" uuid PRIMARY KEY NOT NULL,
	"caught_up_to" bigint,
	"begun_at" bigint,
	"since" bigint,
	"calls" integer DEFAULT 0 NOT NULL,
	"place" text,
	"found" integer DEFAULT 0 NOT NULL,
	"last_found_at" bigint,
	"failures" integer DEFAULT 0 NOT NULL,
	"problem" text,
	"said" text,
	"next_at" bigint NOT NULL,
	"webhook" text,
	"webhook_since" bigint
);
--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "is_reconciled" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "catch_ups" ADD CONSTRAINT "catch_ups_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;