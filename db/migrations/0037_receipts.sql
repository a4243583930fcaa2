ALTER TABLE "payment_profiles" ADD COLUMN "receipt_mail" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_profiles" ADD COLUMN "postal_address" text;--> statement-breakpoint
ALTER TABLE "payment_profiles" ADD COLUMN "tax_number" text;