# Live records carry the real time.
$ qacli init live --as p_tl1 --provenance live
$ qacli notice ack n-staff -C live --as p_tl1 --today 2026-05-11
