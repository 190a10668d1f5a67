# A notice to customers is not for colleagues to acknowledge.
$ qacli notice ack n-ivr-3 --as p_ev2 --today 2026-06-01
