# An id under which nothing is recorded.
$ qacli explain o_zz
