# A day in another notation.
$ qacli notice gaps --from 4/5/2026
