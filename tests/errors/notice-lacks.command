# A notice without a terminal to ask on: everything that is missing, at once.
$ qacli notice add n-chat-3 --audience customers --from 2027-05-18 --as p_tl1
