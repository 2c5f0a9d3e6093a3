CREATE TABLE "unprojected" (
	"delivery_id" bigint PRIMARY KEY NOT NULL,
	"source_id" uuid NOT NULL,
	"room" text NOT NULL
);
--> statement-breakpoint
-- Rows come and go with every delivery: it is swept by how many went, and not by how large it is.
ALTER TABLE "unprojected" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
