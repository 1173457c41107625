-- A role for each service, limited to its schema; Query may only read what Projection writes. Runs twice without harm.
-- Passwords come as psql variables: gateway, ingest, projection, query, alerts (see roles, beside this file).
\set ON_ERROR_STOP on
revoke create on schema public from public;

select format('create role monitoring_%s login', name) from unnest(array['gateway', 'ingest', 'projection', 'query', 'alerts']) name
where not exists (select 1 from pg_roles where rolname = 'monitoring_' || name) \gexec

alter role monitoring_gateway password :'gateway';
alter role monitoring_ingest password :'ingest';
alter role monitoring_projection password :'projection';
alter role monitoring_query password :'query';
alter role monitoring_alerts password :'alerts';

-- Each schema belongs to its service. Projection's is named after the system: it is what everyone reads.
create schema if not exists gateway authorization monitoring_gateway;
create schema if not exists ingest authorization monitoring_ingest;
create schema if not exists monitoring authorization monitoring_projection;
create schema if not exists alerts authorization monitoring_alerts;

alter role monitoring_query set default_transaction_read_only = on;
grant usage on schema monitoring to monitoring_query;
grant select on all tables in schema monitoring to monitoring_query;
alter default privileges for role monitoring_projection in schema monitoring grant select on tables to monitoring_query;
