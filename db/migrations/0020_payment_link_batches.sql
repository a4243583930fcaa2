CREATE TABLE "payment_link_batch_errors" (
	"merchant_id" bigint NOT NULL,
	"batch_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"place" integer NOT NULL,
	"path" text NOT NULL,
	"message" text NOT NULL,
	"code" text NOT NULL,
	CONSTRAINT "payment_link_batch_errors_merchant_id_batch_id_row_place_pk" PRIMARY KEY("merchant_id","batch_id","row","place")
);
--> statement-breakpoint
CREATE TABLE "payment_link_batch_parts" (
	"merchant_id" bigint NOT NULL,
	"batch_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"rows" text NOT NULL,
	"checked" boolean DEFAULT false NOT NULL,
	CONSTRAINT "payment_link_batch_parts_merchant_id_batch_id_number_pk" PRIMARY KEY("merchant_id","batch_id","number")
);
--> statement-breakpoint
CREATE TABLE "payment_link_batches" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"state" text DEFAULT 'receiving' NOT NULL,
	"on_error" text NOT NULL,
	"format" text NOT NULL,
	"rows" integer DEFAULT 0 NOT NULL,
	"checked_rows" integer DEFAULT 0 NOT NULL,
	"issued_rows" integer DEFAULT 0 NOT NULL,
	"refused_rows" integer DEFAULT 0 NOT NULL,
	"created_by_kind" text NOT NULL,
	"created_by_id" text,
	"created_by_name" text NOT NULL,
	"address" text,
	"request_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "payment_link_batches_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
ALTER TABLE "payment_links" ADD COLUMN "batch_id" uuid;--> statement-breakpoint
ALTER TABLE "payment_link_batch_errors" ADD CONSTRAINT "payment_link_batch_errors_merchant_id_batch_id_payment_link_batches_merchant_id_id_fk" FOREIGN KEY ("merchant_id","batch_id") REFERENCES "public"."payment_link_batches"("merchant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_link_batch_parts" ADD CONSTRAINT "payment_link_batch_parts_merchant_id_batch_id_payment_link_batches_merchant_id_id_fk" FOREIGN KEY ("merchant_id","batch_id") REFERENCES "public"."payment_link_batches"("merchant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_link_batches" ADD CONSTRAINT "payment_link_batches_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payment_link_batches_open" ON "payment_link_batches" USING btree ("merchant_id","id") WHERE "payment_link_batches"."state" in ('receiving', 'checking', 'issuing');--> statement-breakpoint
CREATE INDEX "payment_links_batch" ON "payment_links" USING btree ("merchant_id","batch_id","id") WHERE "payment_links"."batch_id" is not null;