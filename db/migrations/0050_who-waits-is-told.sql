CREATE TABLE "room_messages" (
	"source_id" uuid NOT NULL,
	"room" text NOT NULL,
	"text" text NOT NULL,
	"by" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "room_messages_of_room" PRIMARY KEY("source_id","room")
);
--> statement-breakpoint
ALTER TABLE "shared_links" ADD COLUMN "room_source_id" uuid;--> statement-breakpoint
ALTER TABLE "shared_links" ADD COLUMN "room" text;--> statement-breakpoint
ALTER TABLE "shared_links" ADD COLUMN "room_name" text;--> statement-breakpoint
ALTER TABLE "room_messages" ADD CONSTRAINT "room_messages_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shared_links" ADD CONSTRAINT "shared_links_room_source_id_sources_id_fk" FOREIGN KEY ("room_source_id") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "shared_links_of_room" ON "shared_links" USING btree ("room_source_id","room");