# A form that no export has.
$ qacli export ratings -o ratings.pdf --as p_tl1
