CREATE TABLE "refusals" (
	"source_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"count" integer NOT NULL,
	"first_at" bigint NOT NULL,
	"last_at" bigint NOT NULL,
	"over_at" bigint,
	CONSTRAINT "refusals_source_id_reason_pk" PRIMARY KEY("source_id","reason")
);
--> statement-breakpoint
ALTER TABLE "refusals" ADD CONSTRAINT "refusals_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;