ALTER TABLE "sources" ADD COLUMN "joins_bots" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "place" text;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "joined_to" bigint;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "is_unsettled" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "rooms_of_place" ON "rooms" USING btree ("source_id","place") WHERE place is not null;--> statement-breakpoint
CREATE INDEX "rooms_joined" ON "rooms" USING btree ("joined_to") WHERE joined_to is not null;--> statement-breakpoint
CREATE INDEX "rooms_unsettled" ON "rooms" USING btree ("id") WHERE is_unsettled;