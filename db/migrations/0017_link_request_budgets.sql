ALTER TABLE "link_requests" ADD COLUMN "network" text;--> statement-breakpoint
CREATE INDEX "link_requests_recent" ON "link_requests" USING btree ("merchant_id","created_at");--> statement-breakpoint
CREATE INDEX "link_requests_network" ON "link_requests" USING btree ("network","created_at");