ALTER TABLE "merchants" ADD COLUMN "breaker_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "payment_profiles" ADD COLUMN "balanced_through" date;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD COLUMN "last_read_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "balance_reports" ADD COLUMN "gap_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "last_read_at" timestamp (3) with time zone;