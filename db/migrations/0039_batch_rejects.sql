CREATE TABLE "payment_link_batch_rejects" (
	"merchant_id" bigint NOT NULL,
	"batch_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"value" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	CONSTRAINT "payment_link_batch_rejects_merchant_id_batch_id_row_pk" PRIMARY KEY("merchant_id","batch_id","row")
);
--> statement-breakpoint
ALTER TABLE "payment_link_batch_rejects" ADD CONSTRAINT "payment_link_batch_rejects_merchant_id_batch_id_payment_link_batches_merchant_id_id_fk" FOREIGN KEY ("merchant_id","batch_id") REFERENCES "public"."payment_link_batches"("merchant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payment_link_batch_rejects_at" ON "payment_link_batch_rejects" USING btree ("created_at");