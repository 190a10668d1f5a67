# Nothing is asked where nobody can answer.
$ qacli score t_3-2 --as p_ev2
