ALTER TABLE "alert_channels" ADD COLUMN "member_id" uuid;--> statement-breakpoint
ALTER TABLE "alert_channels" ADD COLUMN "mark" text;--> statement-breakpoint
ALTER TABLE "alert_channels" ADD CONSTRAINT "alert_channels_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_channels_of_member" ON "alert_channels" USING btree ("member_id");--> statement-breakpoint
ALTER TABLE "alert_channels" ADD CONSTRAINT "alert_channels_mark_unique" UNIQUE("mark");