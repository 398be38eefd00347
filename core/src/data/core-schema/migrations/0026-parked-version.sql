-- What served when a plugin was uninstalled comes back with it. It must not take the place of the version before it,
-- to which a rollback returns.
alter table core.plugins add column parked_version text;
update core.plugins set parked_version = previous_version, previous_version = null where state = 'parked';
