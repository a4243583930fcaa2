-- Ids are UUIDv7, in the order of time: the least of an instant is where a partition begins or ends.
create function cf_first_id(instant timestamptz) returns uuid language sql immutable set search_path = pg_catalog, pg_temp as $$
  select (lpad(to_hex((extract(epoch from instant) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid $$;--> statement-breakpoint
-- The tables that have partitions: by which id, how long one is, and for how long its rows are kept at the least.
create function cf_partition_rule(parent text, out id_column text, out seconds int, out keeps interval) language sql immutable
set search_path = pg_catalog, pg_temp as $$
  select r.id_column, r.seconds, r.keeps from (values ('api_requests', 'id', 86400, interval '30 days'),
    ('webhook_tries', 'delivery_id', 604800, interval '130 days')) r (name, id_column, seconds, keeps) where r.name = parent $$;--> statement-breakpoint
-- The partitions of a table. The one of what was before them all has no beginning; the one of what no other takes is left out.
create function cf_partitions(parent text) returns table (name text, from_id uuid, to_id uuid) language sql stable
set search_path = pg_catalog, pg_temp as $$
  select c.relname::text, substring(b.bound from 'FROM \(''([0-9a-f-]{36})''\)')::uuid,
    substring(b.bound from 'TO \(''([0-9a-f-]{36})''\)')::uuid
  from pg_inherits i join pg_class c on c.oid = i.inhrelid
  cross join lateral (select pg_get_expr(c.relpartbound, c.oid) as bound) b
  where i.inhparent = to_regclass('public.' || quote_ident(parent)) and b.bound <> 'DEFAULT' $$;--> statement-breakpoint
create function cf_oldest_partition(parent text) returns uuid language sql stable set search_path = pg_catalog, pg_temp as $$
  select from_id from public.cf_partitions(parent) where from_id is not null order by from_id limit 1 $$;--> statement-breakpoint
-- Makes the partition of this moment and the next three, where they are missing; how many. Where rows have gone elsewhere
-- already, that period has none. Writers go on: only the table of what no partition takes is locked.
create function cf_make_partitions(parent text) returns int language plpgsql security definer
set search_path = pg_catalog, pg_temp set lock_timeout = '250ms' as $$
declare
  rule record;
  begins timestamptz;
  first uuid;
  behind uuid;
  name text;
  taken boolean;
  made int := 0;
begin
  select * into rule from public.cf_partition_rule(parent);
  if rule.id_column is null then raise exception '% has no partitions', parent; end if;
  perform pg_advisory_xact_lock(7203115);
  for i in 0..3 loop
    begins := to_timestamp((floor(extract(epoch from public.cf_now()) / rule.seconds) + i) * rule.seconds);
    first := public.cf_first_id(begins);
    behind := public.cf_first_id(begins + make_interval(secs => rule.seconds));
    continue when exists (select from public.cf_partitions(parent) p
      where coalesce(p.from_id < behind, true) and p.to_id > first);
    execute format('select exists (select from public.%I where %I >= $1 and %2$I < $2)', parent || '_rest', rule.id_column)
      into taken using first, behind;
    continue when taken;
    name := parent || to_char(begins at time zone 'UTC', '_YYYYMMDD');
    execute format('create table public.%I (like public.%I including all)', name, parent);
    execute format('alter table public.%I attach partition public.%I for values from (%L) to (%L)', parent, name, first, behind);
    made := made + 1;
  end loop;
  return made;
end $$;--> statement-breakpoint
-- Drops the oldest partition of which all is older than `keep`; its name, or null where none is. A row that must stay goes to
-- the table of what no partition takes. Who cannot have the lock at once gives up, so that no writer waits longer.
create function cf_drop_partition(parent text, keep interval) returns text language plpgsql security definer
set search_path = pg_catalog, pg_temp set lock_timeout = '250ms' as $$
declare
  rule record;
  oldest record;
  past timestamptz := public.cf_now() - keep;
  stays text := case parent
    when 'api_requests' then 'public.%I p where p.at >= $1'
    when 'webhook_tries' then 'public.webhook_deliveries d join public.%I p on p.merchant_id = d.merchant_id and p.delivery_id = d.id
      where d.state in (''pending'', ''retrying'') and d.id >= $2 and d.id < $3' end;
begin
  select * into rule from public.cf_partition_rule(parent);
  if rule.id_column is null then raise exception '% has no partitions', parent; end if;
  if keep < rule.keeps or keep is null then raise exception '% is kept for % at the least', parent, rule.keeps; end if;
  select * into oldest from public.cf_partitions(parent) where from_id is not null order by from_id limit 1;
  if oldest.to_id is null or oldest.to_id > public.cf_first_id(past) then return null; end if;
  execute format('lock table only public.%I in access exclusive mode', parent);
  execute format('alter table public.%I detach partition public.%I', parent, oldest.name);
  execute format('insert into public.%I select p.* from ' || stays, parent || '_rest', oldest.name)
    using past, oldest.from_id, oldest.to_id;
  execute format('drop table public.%I', oldest.name);
  return oldest.name;
end $$;--> statement-breakpoint
revoke execute on function cf_make_partitions(text), cf_drop_partition(text, interval) from public;--> statement-breakpoint
-- What there is becomes the partition of all before the next boundary, with its rows, indexes and grants; it is read twice.
do $$
declare
  parent text;
  rule record;
  before text;
  bound uuid;
  renames text[];
  makes text[];
  grants text[];
  one text;
begin
  foreach parent in array array['api_requests', 'webhook_tries'] loop
    select * into rule from cf_partition_rule(parent);
    before := parent || '_before';
    bound := cf_first_id(to_timestamp((floor(extract(epoch from cf_now()) / rule.seconds) + 1) * rule.seconds));
    select array_agg(format('alter index %I rename to %I', i.relname, i.relname || '_before')),
      array_agg(case when k.oid is null then pg_get_indexdef(i.oid)
        else format('alter table %I add constraint %I %s', parent, k.conname, pg_get_constraintdef(k.oid)) end)
      into renames, makes
      from pg_index x join pg_class i on i.oid = x.indexrelid
      left join pg_constraint k on k.conindid = i.oid and k.conrelid = x.indrelid
      where x.indrelid = parent::regclass;
    select array_agg(format('grant %s on %I to %s', a.privilege_type, parent,
        case when a.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end)) into grants
      from pg_class c cross join aclexplode(c.relacl) a where c.oid = parent::regclass and a.grantee <> c.relowner;
    execute format('alter table %I rename to %I', parent, before);
    foreach one in array renames loop execute one; end loop;
    execute format('create table %I (like %I including defaults including comments) partition by range (%I)',
      parent, before, rule.id_column);
    execute format('create table %I partition of %I default', parent || '_rest', parent);
    foreach one in array makes || coalesce(grants, '{}') loop execute one; end loop;
    -- Of a host whose clock was ahead.
    execute format('with ahead as (delete from %I where %I >= $1 returning *) insert into %I select * from ahead',
      before, rule.id_column, parent || '_rest') using bound;
    execute format('alter table %I attach partition %I for values from (minvalue) to (%L)', parent, before, bound);
    perform cf_make_partitions(parent);
  end loop;
end $$;
