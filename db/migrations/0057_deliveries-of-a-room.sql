DROP INDEX "deliveries_silent_by_room";--> statement-breakpoint
CREATE INDEX "deliveries_of_room" ON "deliveries" USING btree ("source_id","room","received_at","id");--> statement-breakpoint
CREATE INDEX "deliveries_silent_by_room" ON "deliveries" USING btree ("source_id","room","received_at","id") WHERE status <> 'recorded';--> statement-breakpoint
-- What came before a delivery was kept with the room that it names: as its events say.
UPDATE "deliveries" SET "room" = told.key FROM (
  SELECT DISTINCT ON (e.delivery_id) e.delivery_id AS id, r.key
  FROM "sources" s
  JOIN "deliveries" d ON d.source_id = s.id AND d.room IS NULL AND d.status = 'recorded'
  JOIN "events" e ON e.delivery_id = d.id
  JOIN "meetings" m ON m.id = e.meeting_id
  JOIN "rooms" r ON r.id = m.room_id
  ORDER BY e.delivery_id
) told WHERE "deliveries".id = told.id;
