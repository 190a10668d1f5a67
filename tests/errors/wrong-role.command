# The settings say who agrees frames.
$ qacli frame agree weekly-routine --as p_ev1
