CREATE TABLE "password_resets" (
	"email" text NOT NULL,
	"address" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "users_email";--> statement-breakpoint
ALTER TABLE "password_links" ADD COLUMN "purpose" text DEFAULT 'start' NOT NULL;--> statement-breakpoint
ALTER TABLE "password_links" ADD COLUMN "sent_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "password_links" ADD COLUMN "failure" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "time_zone" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "joined_at" timestamp (3) with time zone DEFAULT cf_now();--> statement-breakpoint
CREATE INDEX "password_resets_email" ON "password_resets" USING btree ("email","at");--> statement-breakpoint
CREATE INDEX "password_resets_address" ON "password_resets" USING btree ("address","at");--> statement-breakpoint
CREATE INDEX "password_resets_at" ON "password_resets" USING btree ("at");--> statement-breakpoint
CREATE INDEX "password_links_user" ON "password_links" USING btree ("merchant_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_at_merchant" ON "users" USING btree ("merchant_id",lower("email"));--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree (lower("email")) WHERE "users"."joined_at" is not null;