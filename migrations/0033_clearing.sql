-- While a sandbox is stopped or removed to start again, a run that was asked for meanwhile waits for the new one instead of
-- losing it under its runner. A new column, so old code goes on unaware.
alter table everjust.sandboxes add column clearing_until timestamptz;
