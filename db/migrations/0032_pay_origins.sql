ALTER TABLE "merchants" ADD COLUMN "pay_origin" text;--> statement-breakpoint
ALTER TABLE "link_tokens" ADD COLUMN "origin" text;--> statement-breakpoint
ALTER TABLE "merchants" ADD CONSTRAINT "merchants_pay_origin_unique" UNIQUE("pay_origin");