CREATE TABLE "gateway_accounts" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"profile_id" uuid NOT NULL,
	"gateway" text NOT NULL,
	"gateway_url" text NOT NULL,
	"gateway_secret" text NOT NULL,
	"notification_secret" text,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	CONSTRAINT "gateway_accounts_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
ALTER TABLE "payment_profiles" ADD COLUMN "gateway_account_id" uuid;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD COLUMN "gateway_account_id" uuid;--> statement-breakpoint
ALTER TABLE "gateway_notifications" ADD COLUMN "gateway_account_id" uuid;--> statement-breakpoint
-- By hand: each profile's account becomes a row of its own, under the profile's uuid, and its attempts were begun there.
INSERT INTO "gateway_accounts" ("merchant_id", "id", "profile_id", "gateway", "gateway_url", "gateway_secret", "notification_secret", "created_at")
	SELECT "merchant_id", "id", "id", "gateway", "gateway_url", "gateway_secret", "notification_secret", "created_at" FROM "payment_profiles";--> statement-breakpoint
UPDATE "payment_profiles" SET "gateway_account_id" = "id";--> statement-breakpoint
UPDATE "payment_attempts" a SET "gateway_account_id" = l."profile_id" FROM "payment_links" l
	WHERE l."merchant_id" = a."merchant_id" AND l."id" = a."payment_link_id";--> statement-breakpoint
ALTER TABLE "payment_profiles" ALTER COLUMN "gateway_account_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_attempts" ALTER COLUMN "gateway_account_id" SET NOT NULL;--> statement-breakpoint
-- By hand, end.
ALTER TABLE "gateway_accounts" ADD CONSTRAINT "gateway_accounts_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "gateway_accounts_profile" ON "gateway_accounts" USING btree ("merchant_id","profile_id");--> statement-breakpoint
ALTER TABLE "payment_profiles" ADD CONSTRAINT "payment_profiles_account" FOREIGN KEY ("merchant_id","gateway_account_id") REFERENCES "public"."gateway_accounts"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD CONSTRAINT "payment_attempts_account" FOREIGN KEY ("merchant_id","gateway_account_id") REFERENCES "public"."gateway_accounts"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_profiles" DROP COLUMN "gateway";--> statement-breakpoint
ALTER TABLE "payment_profiles" DROP COLUMN "gateway_url";--> statement-breakpoint
ALTER TABLE "payment_profiles" DROP COLUMN "gateway_secret";--> statement-breakpoint
ALTER TABLE "payment_profiles" DROP COLUMN "notification_secret";