# Everything that a command line lacks, and how it is typed.
$ qacli dispute decide x_7 --as p_ev1
