CREATE TABLE "challenges" (
	"merchant_id" bigint NOT NULL,
	"payment_link_id" uuid NOT NULL,
	"postcode" text,
	"channel" text,
	"answers_left" integer NOT NULL,
	"passcodes_left" integer NOT NULL,
	"passcodes" integer DEFAULT 0 NOT NULL,
	"passcode_at" timestamp (3) with time zone,
	CONSTRAINT "challenges_merchant_id_payment_link_id_pk" PRIMARY KEY("merchant_id","payment_link_id"),
	CONSTRAINT "challenges_left" CHECK ("challenges"."answers_left" >= 0 and "challenges"."passcodes_left" >= 0)
);
--> statement-breakpoint
ALTER TABLE "payment_links" ADD COLUMN "challenge" text;--> statement-breakpoint
ALTER TABLE "challenges" ADD CONSTRAINT "challenges_link" FOREIGN KEY ("merchant_id","payment_link_id") REFERENCES "public"."payment_links"("merchant_id","id") ON DELETE no action ON UPDATE no action;