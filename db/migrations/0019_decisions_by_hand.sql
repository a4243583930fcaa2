ALTER TABLE "payment_attempts" ADD COLUMN "decided_as" text;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD COLUMN "decision_told_at" timestamp (3) with time zone;