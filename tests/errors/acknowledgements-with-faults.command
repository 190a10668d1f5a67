# A list of acknowledgements, with days in another notation.
$ qacli notice ack n-staff-4 --from told.csv --as p_tl1
--- told.csv
person,on,means
p_a01,05/01/2026,signed form
p_a02,2026-01-06,signed form
p_a03,6 January,signed form
