CREATE TABLE "payment_link_texts" (
	"merchant_id" bigint NOT NULL,
	"payment_link_id" uuid NOT NULL,
	"text" text NOT NULL,
	"receipt" text NOT NULL,
	CONSTRAINT "payment_link_texts_merchant_id_payment_link_id_pk" PRIMARY KEY("merchant_id","payment_link_id")
);
--> statement-breakpoint
ALTER TABLE "payment_links" ADD COLUMN "standing" text GENERATED ALWAYS AS (case
        when disputed_minor > 0 then 'disputed'
        when captured_minor > 0 and refunded_minor >= captured_minor then 'refunded'
        when refunded_minor > 0 then 'partially_refunded'
        when captured_minor >= case when amount_type = 'open' then 1 else ceiling_minor end then 'paid'
        when held_minor > 0 then 'processing'
        when access in ('canceled', 'expired', 'locked') or captured_minor = 0 then access
        else 'partially_paid' end) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_link_texts" ADD CONSTRAINT "payment_link_texts_link" FOREIGN KEY ("merchant_id","payment_link_id") REFERENCES "public"."payment_links"("merchant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payment_link_texts_receipt" ON "payment_link_texts" USING btree ("merchant_id","receipt");--> statement-breakpoint
CREATE INDEX "payment_attempts_last4" ON "payment_attempts" USING btree ("merchant_id","last4","payment_link_id") WHERE "payment_attempts"."last4" is not null;--> statement-breakpoint
CREATE INDEX "payment_links_profile" ON "payment_links" USING btree ("merchant_id","profile_id","id");--> statement-breakpoint
CREATE INDEX "payment_links_standing" ON "payment_links" USING btree ("merchant_id","standing","id","expires_at");--> statement-breakpoint
CREATE INDEX "payment_links_expiring" ON "payment_links" USING btree ("merchant_id","expires_at","id") WHERE "payment_links"."standing" in ('active', 'locked', 'partially_paid');--> statement-breakpoint
CREATE INDEX "payment_links_amount" ON "payment_links" USING btree ("merchant_id","currency","standing","amount_minor","id");--> statement-breakpoint
CREATE INDEX "payment_links_paid" ON "payment_links" USING btree ("merchant_id","paid_at","id") WHERE "payment_links"."paid_at" is not null;