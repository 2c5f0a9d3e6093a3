DROP INDEX "deliveries_of_type";--> statement-breakpoint
DROP INDEX "deliveries_ignored";--> statement-breakpoint
DROP INDEX "deliveries_of_room";--> statement-breakpoint
DROP INDEX "deliveries_repeated";--> statement-breakpoint
CREATE INDEX "deliveries_of_kind" ON "deliveries" USING btree ("source_id","type","status","received_at","id");--> statement-breakpoint
CREATE INDEX "deliveries_of_room" ON "deliveries" USING btree ("source_id","room","type","status","received_at","id");--> statement-breakpoint
CREATE INDEX "deliveries_repeated" ON "deliveries" USING btree ("source_id","received_at","id","room","type") WHERE repeats > 0;