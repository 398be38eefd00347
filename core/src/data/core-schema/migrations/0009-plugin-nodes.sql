-- What a node has not done yet, by plugin: its own trouble with one plugin holds up nobody who works on another.
alter table core.plugin_nodes
  -- Somebody is inside still who must not be when the operation goes on.
  add column busy text[] not null default '{}',
  -- Tried, and could not be done.
  add column failed text[] not null default '{}';
