# What is still to come cannot have been acknowledged.
$ qacli notice ack n-staff-4 --on 2026-06-30 --as p_ev2 --today 2026-06-01
