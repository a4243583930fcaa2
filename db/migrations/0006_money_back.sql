ALTER TABLE "payment_profiles" ADD COLUMN "prepare_first" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD COLUMN "reversal_due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD COLUMN "reversed_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "payment_attempts_reversals" ON "payment_attempts" USING btree ("merchant_id","id") WHERE "payment_attempts"."reversal_due_at" is not null and "payment_attempts"."reversed_at" is null;