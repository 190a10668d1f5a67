# An acknowledgement says of what.
$ qacli procedure ack --as p_ev1
