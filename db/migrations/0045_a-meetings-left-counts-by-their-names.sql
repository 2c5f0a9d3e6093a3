ALTER TABLE "meetings" RENAME COLUMN "lost_count" TO "waits_left_count";--> statement-breakpoint
ALTER TABLE "meetings" RENAME COLUMN "left_count" TO "people_lost_count";
