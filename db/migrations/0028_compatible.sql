ALTER TABLE "webhook_endpoints" DROP CONSTRAINT "webhook_endpoints_where";--> statement-breakpoint
ALTER TABLE "payment_profiles" ADD COLUMN "vcc_compatible" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_profiles" ADD COLUMN "vcc_configuration_id" text;--> statement-breakpoint
CREATE UNIQUE INDEX "payment_profiles_configuration" ON "payment_profiles" USING btree ("merchant_id","vcc_configuration_id");--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_where" CHECK (case "webhook_endpoints"."kind" when 'events' then "webhook_endpoints"."url" is not null and "webhook_endpoints"."profile_id" is null
        when 'callbacks' then "webhook_endpoints"."url" is null and "webhook_endpoints"."profile_id" is not null
        when 'compatible' then "webhook_endpoints"."url" is not null and "webhook_endpoints"."profile_id" is not null
        else "webhook_endpoints"."url" is not null and "webhook_endpoints"."profile_id" is not null and "webhook_endpoints"."template" is not null end);