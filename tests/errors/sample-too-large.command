# An aim that no desk can reach: a drop by a third of a point, seen from one week to the next.
$ perl -pi -e 's/^size: 30/size: {drop: 0.3}/; s/^version: 1$/version: 2/' definitions/frames/weekly-routine.yaml
$ qacli frame agree weekly-routine --as p_mgr1 --today 2026-06-02
$ qacli sample draw weekly-routine --period 2026-W21 --as p_tl1 --today 2026-06-02
