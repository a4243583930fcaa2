ALTER TABLE "webhook_tries" ADD COLUMN "url" text;--> statement-breakpoint
ALTER TABLE "webhook_tries" ADD COLUMN "request_headers" jsonb;--> statement-breakpoint
ALTER TABLE "webhook_tries" ADD COLUMN "answer_headers" jsonb;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_of_endpoint" ON "webhook_deliveries" USING btree ("merchant_id","endpoint_id","id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_not_delivered" ON "webhook_deliveries" USING btree ("merchant_id","state","id") WHERE "webhook_deliveries"."state" <> 'succeeded';