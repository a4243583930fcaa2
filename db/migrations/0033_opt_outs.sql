CREATE TABLE "opt_outs" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"channel" text NOT NULL,
	"address" text NOT NULL,
	"how" text NOT NULL,
	"by_name" text,
	"at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"said_at" timestamp (3) with time zone,
	"lifted_at" timestamp (3) with time zone,
	CONSTRAINT "opt_outs_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
ALTER TABLE "opt_outs" ADD CONSTRAINT "opt_outs_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "opt_outs_address" ON "opt_outs" USING btree ("merchant_id","channel","address");