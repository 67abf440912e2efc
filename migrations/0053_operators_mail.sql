-- Whoever is suspended, or let in again, is told by mail, in the transaction that does it. The old code sends none of these.
grant execute on function everjust.send_notice to everjust_operator;
