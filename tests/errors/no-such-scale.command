# A scale that is not there is checked.
$ qacli scale lint point7 --as p_tl1
