CREATE INDEX "password_links_expiry" ON "password_links" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sessions_at" ON "sessions" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "link_tokens_superseded" ON "link_tokens" USING btree ("expires_at") WHERE "link_tokens"."state" = 'superseded';--> statement-breakpoint
CREATE INDEX "gateway_notifications_ended" ON "gateway_notifications" USING btree ("ended_at");