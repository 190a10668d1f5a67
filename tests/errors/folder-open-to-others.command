# The folder holds what is said about people: check says when others may read it.
$ chmod 755 .; chmod 644 people.csv
$ qacli check
