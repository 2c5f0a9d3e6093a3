ALTER TABLE "sources" ADD COLUMN "note_takers" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "untold_since" bigint;--> statement-breakpoint
ALTER TABLE "attendances" ADD COLUMN "is_note_taker" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "note_taker_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "note_takers_in" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "note_takers_out_at" bigint;