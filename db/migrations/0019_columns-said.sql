CREATE TABLE "import_columns" (
	"headings" text PRIMARY KEY NOT NULL,
	"columns" jsonb NOT NULL,
	"by" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "content" text;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "room" text;--> statement-breakpoint
CREATE INDEX "imports_of_content" ON "imports" USING btree ("content") WHERE undone_at is null;