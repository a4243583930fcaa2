ALTER TABLE "webhook_endpoints" ADD COLUMN "signing_key" text;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD COLUMN "public_key" text;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD COLUMN "previous_signing_key" text;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD COLUMN "previous_public_key" text;--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_endpoints_id" ON "webhook_endpoints" USING btree ("id");