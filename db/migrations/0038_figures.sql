CREATE TABLE "daily_figures" (
	"merchant_id" bigint NOT NULL,
	"day" date NOT NULL,
	"way" text NOT NULL,
	"issued" integer NOT NULL,
	"sent" integer NOT NULL,
	"delivered" integer NOT NULL,
	"opened" integer NOT NULL,
	"started" integer NOT NULL,
	"paid" integer NOT NULL,
	"times" jsonb NOT NULL,
	CONSTRAINT "daily_figures_merchant_id_day_way_pk" PRIMARY KEY("merchant_id","day","way")
);
--> statement-breakpoint
DROP INDEX "events_by_time";--> statement-breakpoint
ALTER TABLE "daily_figures" ADD CONSTRAINT "daily_figures_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_of_day" ON "events" USING btree ("merchant_id","occurred_at","type","payment_link_id");--> statement-breakpoint
CREATE INDEX "messages_failed" ON "messages" USING btree ("merchant_id","ended_at") WHERE "messages"."state" in ('undelivered', 'bounced');--> statement-breakpoint
CREATE INDEX "payment_attempts_declined_here" ON "payment_attempts" USING btree ("merchant_id","submitted_at") WHERE "payment_attempts"."state" = 'declined';--> statement-breakpoint
CREATE INDEX "payment_links_outstanding" ON "payment_links" USING btree ("merchant_id","expires_at","currency","amount_minor","captured_minor") WHERE "payment_links"."access" in ('active', 'locked') and "payment_links"."paid_at" is null;