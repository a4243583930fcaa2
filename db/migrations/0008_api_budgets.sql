CREATE TABLE "api_rate_buckets" (
	"merchant_id" bigint NOT NULL,
	"client_id" text NOT NULL,
	"full_at" timestamp with time zone NOT NULL,
	CONSTRAINT "api_rate_buckets_merchant_id_client_id_pk" PRIMARY KEY("merchant_id","client_id")
);
--> statement-breakpoint
DROP INDEX "idempotency_keys_created";--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD COLUMN "expires_at" timestamp (3) with time zone DEFAULT cf_now() + interval '7 days' NOT NULL;--> statement-breakpoint
CREATE INDEX "idempotency_keys_expiry" ON "idempotency_keys" USING btree ("expires_at");--> statement-breakpoint
-- By hand: a bucket is not worth a disk write.
ALTER TABLE "api_rate_buckets" SET UNLOGGED;
