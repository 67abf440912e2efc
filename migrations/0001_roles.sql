-- Two roles that own nothing. The functions log in with a role that may only become one of them, per transaction:
-- `everjust_app` sees what the principal of the transaction may see, `everjust_worker` (jobs and schedules) sees all rows.
do $$
begin
  if not exists (select from pg_roles where rolname = 'everjust_app') then
    create role everjust_app nologin nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'everjust_worker') then
    create role everjust_worker nologin nobypassrls;
  end if;
end
$$;

create schema everjust;
grant usage on schema everjust to everjust_app, everjust_worker;
alter default privileges in schema everjust grant select, insert, update, delete on tables to everjust_app, everjust_worker;
