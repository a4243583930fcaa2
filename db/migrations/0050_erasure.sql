ALTER TABLE "idempotency_keys" ADD COLUMN "payment_link_id" uuid;--> statement-breakpoint
ALTER TABLE "payment_links" ADD COLUMN "erased_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "idempotency_keys_link" ON "idempotency_keys" USING btree ("merchant_id","payment_link_id") WHERE "idempotency_keys"."payment_link_id" is not null;