CREATE TABLE "form_lookup_calls" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"profile_id" uuid NOT NULL,
	"occasion" text NOT NULL,
	"actor_name" text NOT NULL,
	"reference" text,
	"outcome" text NOT NULL,
	"status" integer,
	"detail" text,
	"proposed" text[] DEFAULT '{}' NOT NULL,
	"answer" text,
	"duration_ms" integer NOT NULL,
	"at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	CONSTRAINT "form_lookup_calls_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "form_lookups" (
	"merchant_id" bigint NOT NULL,
	"profile_id" uuid NOT NULL,
	"url" text NOT NULL,
	"secret" text NOT NULL,
	"credentials" jsonb NOT NULL,
	"credential_secret" text,
	"mapping" jsonb,
	"enabled" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	CONSTRAINT "form_lookups_merchant_id_profile_id_pk" PRIMARY KEY("merchant_id","profile_id")
);
--> statement-breakpoint
ALTER TABLE "webhook_endpoints" DROP CONSTRAINT "webhook_endpoints_where";--> statement-breakpoint
DROP INDEX "webhook_endpoints_callbacks";--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD COLUMN "body" text;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD COLUMN "message_id" text;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD COLUMN "kind" text DEFAULT 'events' NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD COLUMN "method" text DEFAULT 'POST' NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD COLUMN "credentials" jsonb;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD COLUMN "credential_secret" text;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD COLUMN "template" text;--> statement-breakpoint
ALTER TABLE "form_lookups" ADD CONSTRAINT "form_lookups_profile" FOREIGN KEY ("merchant_id","profile_id") REFERENCES "public"."payment_profiles"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "form_lookup_calls_profile" ON "form_lookup_calls" USING btree ("merchant_id","profile_id","id");--> statement-breakpoint
CREATE INDEX "form_lookup_calls_at" ON "form_lookup_calls" USING btree ("at");--> statement-breakpoint
UPDATE "webhook_endpoints" SET "kind" = 'callbacks' WHERE "profile_id" IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_endpoints_of_profile" ON "webhook_endpoints" USING btree ("merchant_id","profile_id","kind") WHERE "webhook_endpoints"."deleted_at" is null;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_where" CHECK (case "webhook_endpoints"."kind" when 'events' then "webhook_endpoints"."url" is not null and "webhook_endpoints"."profile_id" is null
        when 'callbacks' then "webhook_endpoints"."url" is null and "webhook_endpoints"."profile_id" is not null
        else "webhook_endpoints"."url" is not null and "webhook_endpoints"."profile_id" is not null and "webhook_endpoints"."template" is not null end);