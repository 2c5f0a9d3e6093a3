CREATE TABLE "alert_channels" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"shown" text NOT NULL,
	"initials" boolean NOT NULL,
	"is_on" boolean NOT NULL,
	"by" text NOT NULL,
	"added_at" bigint NOT NULL,
	"tried_at" bigint,
	"status" integer,
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "channel_messages" (
	"number" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "channel_messages_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel_id" uuid NOT NULL,
	"alert_id" uuid NOT NULL,
	"news" text NOT NULL,
	"made_at" bigint NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "channel_messages" ADD CONSTRAINT "channel_messages_channel_id_alert_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."alert_channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_messages" ADD CONSTRAINT "channel_messages_alert_id_alerts_id_fk" FOREIGN KEY ("alert_id") REFERENCES "public"."alerts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "channel_messages_of_channel" ON "channel_messages" USING btree ("channel_id","number");--> statement-breakpoint
CREATE INDEX "channel_messages_of_alert" ON "channel_messages" USING btree ("alert_id");