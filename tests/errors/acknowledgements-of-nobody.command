# A list of acknowledgements that ends with its header.
$ qacli notice ack n-staff-4 --from told.csv --as p_tl1
--- told.csv
person,on,means
