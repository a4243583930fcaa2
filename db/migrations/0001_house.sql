CREATE TABLE "audit_entries" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"address" text,
	"request_id" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	CONSTRAINT "audit_entries_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"type" text NOT NULL,
	"payment_link_id" uuid,
	"sequence" integer,
	"payload" text NOT NULL,
	"actor_name" text NOT NULL,
	"detail" text,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "events_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"fence" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "webhook_deliveries_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoints" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"url" text NOT NULL,
	"description" text,
	"types" text[],
	"secret" text NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	"failing_since" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	CONSTRAINT "webhook_endpoints_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "webhook_tries" (
	"merchant_id" bigint NOT NULL,
	"delivery_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"status" integer,
	"error" text,
	"answer" text,
	"duration_ms" integer NOT NULL,
	"at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	CONSTRAINT "webhook_tries_merchant_id_delivery_id_number_pk" PRIMARY KEY("merchant_id","delivery_id","number")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"merchant_id" bigint NOT NULL,
	"path" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"status" integer NOT NULL,
	"answer" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	CONSTRAINT "idempotency_keys_merchant_id_path_key_pk" PRIMARY KEY("merchant_id","path","key")
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	CONSTRAINT "api_keys_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "merchants" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "merchants_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"contact_email" text NOT NULL,
	"contact_phone" text,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"locale" text DEFAULT 'en' NOT NULL,
	"livemode" boolean DEFAULT false NOT NULL,
	"return_urls" text[] DEFAULT '{}' NOT NULL,
	"api_enabled" boolean DEFAULT true NOT NULL,
	"button_enabled" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payment_profiles" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"gateway" text NOT NULL,
	"gateway_url" text NOT NULL,
	"gateway_secret" text NOT NULL,
	"card_mode" text DEFAULT 'direct' NOT NULL,
	"capture_at_once" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	CONSTRAINT "payment_profiles_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"merchant_id" bigint NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"address" text,
	"user_agent" text
);
--> statement-breakpoint
CREATE TABLE "sign_in_failures" (
	"email" text NOT NULL,
	"address" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"password_hash" text NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	CONSTRAINT "users_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"payment_link_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"recipient" text NOT NULL,
	"template" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"reason" text,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "messages_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"payment_link_id" uuid NOT NULL,
	"payment_attempt_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"late" boolean DEFAULT false NOT NULL,
	"at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	CONSTRAINT "ledger_entries_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "payment_attempts" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"payment_link_id" uuid NOT NULL,
	"state" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"channel" text NOT NULL,
	"gateway" text NOT NULL,
	"gateway_reference" text,
	"brand" text,
	"last4" text,
	"exp_month" integer,
	"exp_year" integer,
	"decline_code" text,
	"reason" text,
	"send_before" timestamp (3) with time zone,
	"reads" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"submitted_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "payment_attempts_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "link_tokens" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"payment_link_id" uuid NOT NULL,
	"state" text DEFAULT 'live' NOT NULL,
	"key_id" integer NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	CONSTRAINT "link_tokens_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "payment_links" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"profile_id" uuid NOT NULL,
	"access" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"captured_minor" bigint DEFAULT 0 NOT NULL,
	"held_minor" bigint DEFAULT 0 NOT NULL,
	"refunded_minor" bigint DEFAULT 0 NOT NULL,
	"description" text,
	"reference" text,
	"line_items" jsonb,
	"customer_name" text,
	"customer_email" text,
	"customer_phone" text,
	"customer_time_zone" text,
	"locale" text NOT NULL,
	"channels" text[] DEFAULT '{}' NOT NULL,
	"phrase" text NOT NULL,
	"return_url" text,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"livemode" boolean NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"sequence" integer DEFAULT 0 NOT NULL,
	"created_by_kind" text NOT NULL,
	"created_by_id" text,
	"created_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"opened_at" timestamp (3) with time zone,
	"paid_at" timestamp (3) with time zone,
	"canceled_at" timestamp (3) with time zone,
	CONSTRAINT "payment_links_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "payment_links_amount" CHECK ("payment_links"."amount_minor" > 0),
	CONSTRAINT "payment_links_owed" CHECK ("payment_links"."captured_minor" + "payment_links"."held_minor" <= "payment_links"."amount_minor"),
	CONSTRAINT "payment_links_money" CHECK ("payment_links"."captured_minor" >= 0 and "payment_links"."held_minor" >= 0),
	CONSTRAINT "payment_links_refunded" CHECK ("payment_links"."refunded_minor" between 0 and "payment_links"."captured_minor")
);
--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_merchant_id_event_id_events_merchant_id_id_fk" FOREIGN KEY ("merchant_id","event_id") REFERENCES "public"."events"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_merchant_id_endpoint_id_webhook_endpoints_merchant_id_id_fk" FOREIGN KEY ("merchant_id","endpoint_id") REFERENCES "public"."webhook_endpoints"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_profiles" ADD CONSTRAINT "payment_profiles_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_merchant_id_user_id_users_merchant_id_id_fk" FOREIGN KEY ("merchant_id","user_id") REFERENCES "public"."users"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_merchant_id_payment_link_id_payment_links_merchant_id_id_fk" FOREIGN KEY ("merchant_id","payment_link_id") REFERENCES "public"."payment_links"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_merchant_id_payment_attempt_id_payment_attempts_merchant_id_id_fk" FOREIGN KEY ("merchant_id","payment_attempt_id") REFERENCES "public"."payment_attempts"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD CONSTRAINT "payment_attempts_merchant_id_payment_link_id_payment_links_merchant_id_id_fk" FOREIGN KEY ("merchant_id","payment_link_id") REFERENCES "public"."payment_links"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link_tokens" ADD CONSTRAINT "link_tokens_merchant_id_payment_link_id_payment_links_merchant_id_id_fk" FOREIGN KEY ("merchant_id","payment_link_id") REFERENCES "public"."payment_links"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_links" ADD CONSTRAINT "payment_links_merchant_id_profile_id_payment_profiles_merchant_id_id_fk" FOREIGN KEY ("merchant_id","profile_id") REFERENCES "public"."payment_profiles"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_entries_subject" ON "audit_entries" USING btree ("merchant_id","subject");--> statement-breakpoint
CREATE UNIQUE INDEX "events_sequence" ON "events" USING btree ("merchant_id","payment_link_id","sequence");--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_deliveries_once" ON "webhook_deliveries" USING btree ("merchant_id","event_id","endpoint_id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("next_try_at") WHERE "webhook_deliveries"."state" in ('pending', 'retrying');--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_hash" ON "api_keys" USING btree ("hash");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_profiles_default" ON "payment_profiles" USING btree ("merchant_id") WHERE "payment_profiles"."is_default";--> statement-breakpoint
CREATE UNIQUE INDEX "payment_profiles_name" ON "payment_profiles" USING btree ("merchant_id","name");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("merchant_id","user_id");--> statement-breakpoint
CREATE INDEX "sign_in_failures_who" ON "sign_in_failures" USING btree ("email","address","at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "messages_link" ON "messages" USING btree ("merchant_id","payment_link_id","id");--> statement-breakpoint
CREATE INDEX "messages_id" ON "messages" USING btree ("id");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entries_one_payment" ON "ledger_entries" USING btree ("merchant_id","payment_attempt_id") WHERE "ledger_entries"."kind" = 'payment';--> statement-breakpoint
CREATE INDEX "ledger_entries_link" ON "ledger_entries" USING btree ("merchant_id","payment_link_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_attempts_one_open" ON "payment_attempts" USING btree ("merchant_id","payment_link_id") WHERE "payment_attempts"."state" in ('submitted', 'requires_action', 'unknown', 'authorized');--> statement-breakpoint
CREATE UNIQUE INDEX "payment_attempts_one_succeeded" ON "payment_attempts" USING btree ("merchant_id","payment_link_id") WHERE "payment_attempts"."state" = 'succeeded';--> statement-breakpoint
CREATE INDEX "payment_attempts_link" ON "payment_attempts" USING btree ("merchant_id","payment_link_id","id");--> statement-breakpoint
CREATE INDEX "link_tokens_link" ON "link_tokens" USING btree ("merchant_id","payment_link_id");--> statement-breakpoint
CREATE INDEX "payment_links_reference" ON "payment_links" USING btree ("merchant_id","reference","id");--> statement-breakpoint
CREATE INDEX "payment_links_expiry" ON "payment_links" USING btree ("expires_at") WHERE "payment_links"."access" in ('active', 'locked') and "payment_links"."captured_minor" < "payment_links"."amount_minor";