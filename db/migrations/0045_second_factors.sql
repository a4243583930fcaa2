CREATE TABLE "authenticator_apps" (
	"merchant_id" bigint NOT NULL,
	"user_id" uuid NOT NULL,
	"secret" text NOT NULL,
	"last_step" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	CONSTRAINT "authenticator_apps_merchant_id_user_id_pk" PRIMARY KEY("merchant_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "factor_failures" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "factor_failures_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"merchant_id" bigint NOT NULL,
	"user_id" uuid NOT NULL,
	"address" text,
	"at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"merchant_id" bigint NOT NULL,
	"id" text NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "passkeys_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "pending_sign_ins" (
	"hash" text PRIMARY KEY NOT NULL,
	"merchant_id" bigint NOT NULL,
	"user_id" uuid NOT NULL,
	"factor" text,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"merchant_id" bigint NOT NULL,
	"user_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	CONSTRAINT "recovery_codes_merchant_id_user_id_hash_pk" PRIMARY KEY("merchant_id","user_id","hash")
);
--> statement-breakpoint
CREATE TABLE "spent_challenges" (
	"hash" text PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "factor" text;--> statement-breakpoint
ALTER TABLE "authenticator_apps" ADD CONSTRAINT "authenticator_apps_merchant_id_user_id_users_merchant_id_id_fk" FOREIGN KEY ("merchant_id","user_id") REFERENCES "public"."users"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_merchant_id_user_id_users_merchant_id_id_fk" FOREIGN KEY ("merchant_id","user_id") REFERENCES "public"."users"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pending_sign_ins" ADD CONSTRAINT "pending_sign_ins_merchant_id_user_id_users_merchant_id_id_fk" FOREIGN KEY ("merchant_id","user_id") REFERENCES "public"."users"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_merchant_id_user_id_users_merchant_id_id_fk" FOREIGN KEY ("merchant_id","user_id") REFERENCES "public"."users"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "factor_failures_who" ON "factor_failures" USING btree ("merchant_id","user_id","address","at");--> statement-breakpoint
CREATE INDEX "factor_failures_at" ON "factor_failures" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "passkeys_id" ON "passkeys" USING btree ("id");--> statement-breakpoint
CREATE INDEX "passkeys_user" ON "passkeys" USING btree ("merchant_id","user_id");--> statement-breakpoint
CREATE INDEX "pending_sign_ins_at" ON "pending_sign_ins" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "spent_challenges_at" ON "spent_challenges" USING btree ("at");