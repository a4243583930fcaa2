ALTER TABLE "gateway_accounts" ADD COLUMN "key_set_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL;--> statement-breakpoint
ALTER TABLE "gateway_accounts" ADD COLUMN "key_set_by" text;--> statement-breakpoint
ALTER TABLE "gateway_accounts" ADD COLUMN "tested_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "gateway_accounts" ADD COLUMN "test_fault" text;--> statement-breakpoint
CREATE INDEX "payment_attempts_account" ON "payment_attempts" USING btree ("merchant_id","gateway_account_id","id");