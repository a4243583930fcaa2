CREATE TABLE "reminders" (
	"merchant_id" bigint NOT NULL,
	"token_id" uuid NOT NULL,
	"basis" text NOT NULL,
	"minutes" integer NOT NULL,
	"state" text NOT NULL,
	"send_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "reminders_merchant_id_token_id_basis_minutes_pk" PRIMARY KEY("merchant_id","token_id","basis","minutes")
);
--> statement-breakpoint
ALTER TABLE "payment_profiles" ADD COLUMN "remind_after_issue" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_profiles" ADD COLUMN "remind_before_expiry" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_profiles" ADD COLUMN "quiet_hours" text;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_merchant_id_token_id_link_tokens_merchant_id_id_fk" FOREIGN KEY ("merchant_id","token_id") REFERENCES "public"."link_tokens"("merchant_id","id") ON DELETE no action ON UPDATE no action;