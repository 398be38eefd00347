-- Makes the monthly partitions from this month on; run at start and daily. Rows that arrived in the default partition
-- because nobody ran it keep that month there: its name is returned.
create function core.ensure_partitions(months_ahead integer) returns setof text
  language plpgsql set search_path = pg_catalog as $$
declare
  parent text;
  partition text;
  month timestamp;
begin
  foreach parent in array array['audit_log', 'events', 'delivery_log'] loop
    for ahead in 0..months_ahead loop
      month := date_trunc('month', now() at time zone 'utc') + make_interval(months => ahead);
      partition := parent || to_char(month, '"_"YYYY"_"MM');
      continue when to_regclass('core.' || partition) is not null;
      begin
        execute format('create table core.%I partition of core.%I for values from (%L) to (%L)', partition, parent,
          month at time zone 'utc', (month + interval '1 month') at time zone 'utc');
        execute format('alter table core.%I enable row level security', partition);
        execute format('alter table core.%I force row level security', partition);
      exception when check_violation then
        return next partition;
      end;
    end loop;
  end loop;
end $$;
revoke all on function core.ensure_partitions(integer) from public;
