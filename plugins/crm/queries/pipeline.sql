-- Open leads per stage, with the value that is expected of them.
select
  stage,
  count(*)::integer as leads,
  coalesce(sum(estimated_value), 0)::bigint as estimated_value,
  coalesce(sum(estimated_value * probability / 100), 0)::bigint as weighted_value
from leads
where stage not in ('converted', 'lost')
group by stage
