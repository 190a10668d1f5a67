# A list of acknowledgements names people whom nobody knows.
$ qacli notice ack n-staff-4 --from told.csv --as p_tl1 --today 2026-06-01
--- told.csv
person,on,means
p_a01,2026-01-05,signed form
p_zz1,2026-01-06,signed form
