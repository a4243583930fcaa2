ALTER TABLE "webhook_endpoints" ALTER COLUMN "url" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD COLUMN "url" text;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD COLUMN "profile_id" uuid;--> statement-breakpoint
ALTER TABLE "payment_links" ADD COLUMN "callback_url" text;--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_endpoints_callbacks" ON "webhook_endpoints" USING btree ("merchant_id","profile_id") WHERE "webhook_endpoints"."deleted_at" is null;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_where" CHECK (("webhook_endpoints"."url" is null) = ("webhook_endpoints"."profile_id" is not null));