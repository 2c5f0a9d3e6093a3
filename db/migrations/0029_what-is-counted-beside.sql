-- What is counted stands beside the time, and is no part of the order: with a room or an identity in it, all of such
-- an index was as good a way to one room's or one person's rows as their own index, while little was known of both.
DROP INDEX "attendances_in_period";--> statement-breakpoint
DROP INDEX "waits_over_time";--> statement-breakpoint
CREATE INDEX "attendances_in_period" ON "attendances" USING btree ("first_at") INCLUDE ("identity", "meeting_id", "attended_ms", "open_since") WHERE identity is not null;--> statement-breakpoint
CREATE INDEX "waits_over_time" ON "waits" USING btree ("started_at") INCLUDE ("room_id", "ended_at", "outcome", "returned");
