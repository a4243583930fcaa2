ALTER TABLE "agent_tokens" ADD COLUMN "issued_by" text;--> statement-breakpoint
CREATE INDEX "agent_tokens_issuer" ON "agent_tokens" USING btree ("merchant_id","issued_by");
