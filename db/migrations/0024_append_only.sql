-- What was entered stays as it was entered: a mistake is mended by a further entry.
create function cf_append_only() returns trigger language plpgsql as
  $$ begin raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation'; end $$;--> statement-breakpoint
create trigger append_only before update or delete or truncate on ledger_entries
  for each statement execute function cf_append_only();--> statement-breakpoint
create trigger append_only before update or delete or truncate on audit_entries
  for each statement execute function cf_append_only();
