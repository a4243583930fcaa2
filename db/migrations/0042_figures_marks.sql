CREATE TABLE "figures_marks" (
	"merchant_id" bigint NOT NULL,
	"through" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "figures_marks_merchant_id_pk" PRIMARY KEY("merchant_id")
);
--> statement-breakpoint
ALTER TABLE "figures_marks" ADD CONSTRAINT "figures_marks_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;