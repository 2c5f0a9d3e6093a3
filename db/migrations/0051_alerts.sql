CREATE TABLE "alert_rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"is_on" boolean NOT NULL,
	"after_ms" bigint,
	"capacity" integer,
	"person" text,
	"deed" text,
	"sources" text[],
	"rooms" text[],
	"repeat_ms" bigint,
	"urgent_ms" bigint,
	"quiet_from" integer,
	"quiet_to" integer,
	"by" text NOT NULL,
	"since" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"rule_id" uuid,
	"rule_name" text NOT NULL,
	"kind" text NOT NULL,
	"deed" text,
	"after_ms" bigint,
	"capacity" integer,
	"subject" text NOT NULL,
	"source_id" uuid NOT NULL,
	"room_id" bigint,
	"meeting_id" uuid,
	"person_id" text,
	"scheduled_id" uuid,
	"since" bigint NOT NULL,
	"raised_at" bigint NOT NULL,
	"is_urgent" boolean NOT NULL,
	"rung_at" bigint NOT NULL,
	"rings" integer NOT NULL,
	"acknowledged_at" bigint,
	"acknowledged_by" text,
	"over_at" bigint,
	"over_for" text
);
--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_rule_id_alert_rules_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."alert_rules"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alerts_newest_first" ON "alerts" USING btree ("raised_at","id");--> statement-breakpoint
CREATE INDEX "alerts_open" ON "alerts" USING btree ("raised_at","id") WHERE over_at is null;--> statement-breakpoint
CREATE INDEX "alerts_over_lately" ON "alerts" USING btree ("over_at") WHERE over_at is not null;--> statement-breakpoint
CREATE INDEX "alerts_of_room" ON "alerts" USING btree ("room_id");--> statement-breakpoint
CREATE INDEX "alerts_of_rule" ON "alerts" USING btree ("rule_id");--> statement-breakpoint
CREATE INDEX "alerts_of_source" ON "alerts" USING btree ("source_id");