CREATE TABLE "logos" (
	"merchant_id" bigint NOT NULL,
	"hash" text NOT NULL,
	"image" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	CONSTRAINT "logos_merchant_id_hash_pk" PRIMARY KEY("merchant_id","hash")
);
--> statement-breakpoint
ALTER TABLE "merchants" ADD COLUMN "accent" text;--> statement-breakpoint
ALTER TABLE "merchants" ADD COLUMN "footer" text;--> statement-breakpoint
ALTER TABLE "merchants" ADD COLUMN "logo_hash" text;--> statement-breakpoint
ALTER TABLE "merchants" ADD COLUMN "logo_width" integer;--> statement-breakpoint
ALTER TABLE "merchants" ADD COLUMN "logo_height" integer;--> statement-breakpoint
ALTER TABLE "merchants" ADD COLUMN "branding_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "logos" ADD CONSTRAINT "logos_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;