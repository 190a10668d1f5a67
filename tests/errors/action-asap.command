# A wish is no action: each of its five letters fails, with its cause.
$ qacli plan add asap.yaml --as p_tl1 --today 2026-05-18
--- asap.yaml
id: csat
verb: improve
object: CSAT
due: asap
