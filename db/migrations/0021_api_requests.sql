CREATE TABLE "api_requests" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"client_id" text NOT NULL,
	"client_name" text NOT NULL,
	"method" text NOT NULL,
	"path" text NOT NULL,
	"query" jsonb NOT NULL,
	"operation" text,
	"body" jsonb,
	"status" integer NOT NULL,
	"code" text,
	"problem" jsonb,
	"duration_ms" integer NOT NULL,
	"address" text NOT NULL,
	"user_agent" text,
	"idempotency_key" text,
	"replayed" boolean NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "api_requests_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE INDEX "api_requests_of_client" ON "api_requests" USING btree ("merchant_id","client_id","id");--> statement-breakpoint
CREATE INDEX "api_requests_refused" ON "api_requests" USING btree ("merchant_id","id") WHERE "api_requests"."status" >= 400;--> statement-breakpoint
CREATE INDEX "api_requests_at" ON "api_requests" USING btree ("at");