CREATE TABLE "bulk_act_links" (
	"merchant_id" bigint NOT NULL,
	"bulk_act_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"payment_link_id" uuid NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"message" text,
	CONSTRAINT "bulk_act_links_merchant_id_bulk_act_id_place_pk" PRIMARY KEY("merchant_id","bulk_act_id","place")
);
--> statement-breakpoint
CREATE TABLE "bulk_acts" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"act" text NOT NULL,
	"state" text DEFAULT 'prepared' NOT NULL,
	"links" integer NOT NULL,
	"channel" text,
	"reason" text,
	"created_by_id" uuid NOT NULL,
	"created_by_name" text NOT NULL,
	"address" text,
	"request_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"starts_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "bulk_acts_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
ALTER TABLE "bulk_act_links" ADD CONSTRAINT "bulk_act_links_merchant_id_bulk_act_id_bulk_acts_merchant_id_id_fk" FOREIGN KEY ("merchant_id","bulk_act_id") REFERENCES "public"."bulk_acts"("merchant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_acts" ADD CONSTRAINT "bulk_acts_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bulk_acts_open" ON "bulk_acts" USING btree ("merchant_id","id") WHERE "bulk_acts"."state" in ('waiting', 'running');--> statement-breakpoint
CREATE INDEX "bulk_acts_at" ON "bulk_acts" USING btree ("created_at");