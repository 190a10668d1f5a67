# The journal's last line was edited: nothing more is written on a broken trail.
$ perl -pi -e 's/p_ev1/p_ev3/ if eof' journal.csv
$ qacli notice ack n-staff-4 --as p_ev2 --today 2026-06-01
