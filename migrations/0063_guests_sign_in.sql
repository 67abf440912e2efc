-- Guests are asked for what members are: what their host asks of sign-ins is theirs to read.
create policy guests on everjust.sign_in_rules for select to everjust_app
  using (organization_id in (select everjust.hosts(false)));
