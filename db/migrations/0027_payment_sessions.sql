CREATE TABLE "agent_tokens" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"hash" text NOT NULL,
	"kind" text NOT NULL,
	"agent_id" text NOT NULL,
	"agent_name" text NOT NULL,
	"agent_line" text NOT NULL,
	"session_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "agent_tokens_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "payment_sessions" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"payment_link_id" uuid NOT NULL,
	"profile_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"agent_id" text NOT NULL,
	"agent_name" text NOT NULL,
	"agent_line" text NOT NULL,
	"telephony_account_id" uuid,
	"call_id" text,
	"call_leg" text,
	"call_direction" text,
	"without_call" boolean DEFAULT false NOT NULL,
	"secured" text,
	"secured_handle" text,
	"recording" text,
	"recording_at" timestamp (3) with time zone,
	"capture_id" uuid,
	"capture_callback" text,
	"capture_source" text,
	"capture_order" integer DEFAULT 0 NOT NULL,
	"pending_act" text,
	"report_count" integer DEFAULT 0 NOT NULL,
	"heard_at" timestamp (3) with time zone,
	"fields" jsonb NOT NULL,
	"active_field" text,
	"brand" text,
	"attempt_id" uuid,
	"progress" jsonb,
	"in_app" text,
	"reason" text,
	"compatible" jsonb,
	"created_by_kind" text NOT NULL,
	"created_by_id" text,
	"created_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"state_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"capture_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "payment_sessions_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "telephony_accounts" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"url" text NOT NULL,
	"secret" text NOT NULL,
	"notification_secret" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	CONSTRAINT "telephony_accounts_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
ALTER TABLE "payment_profiles" ADD COLUMN "moto" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_profiles" ADD COLUMN "button_enabled" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "button_enabled" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_links" ADD COLUMN "session_id" uuid;--> statement-breakpoint
ALTER TABLE "agent_tokens" ADD CONSTRAINT "agent_tokens_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_sessions" ADD CONSTRAINT "payment_sessions_of_link" FOREIGN KEY ("merchant_id","payment_link_id") REFERENCES "public"."payment_links"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "telephony_accounts" ADD CONSTRAINT "telephony_accounts_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "agent_tokens_hash" ON "agent_tokens" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "agent_tokens_expiry" ON "agent_tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_sessions_id" ON "payment_sessions" USING btree ("id");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_sessions_link" ON "payment_sessions" USING btree ("merchant_id","payment_link_id");--> statement-breakpoint
CREATE INDEX "payment_sessions_agent" ON "payment_sessions" USING btree ("merchant_id","agent_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_sessions_call" ON "payment_sessions" USING btree ("merchant_id","call_id") WHERE "payment_sessions"."state" in ('securing', 'capturing', 'ready', 'submitting') and "payment_sessions"."kind" = 'agent_assist';--> statement-breakpoint
CREATE INDEX "payment_sessions_watched" ON "payment_sessions" USING btree ("merchant_id","id") WHERE ("payment_sessions"."kind" = 'agent_assist' and "payment_sessions"."ended_at" is null) or "payment_sessions"."secured" is not null or "payment_sessions"."capture_id" is not null
          or "payment_sessions"."recording" in ('suspending', 'suspended', 'resuming', 'resume_failed');--> statement-breakpoint
CREATE INDEX "payment_sessions_live" ON "payment_sessions" USING btree ("merchant_id","call_id","id") WHERE "payment_sessions"."call_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "telephony_accounts_id" ON "telephony_accounts" USING btree ("id");