# A scale that nobody has tried is approved.
$ perl -pi -e 's/version: 1$/version: 2/' definitions/scales/point5.yaml
$ qacli scale approve point5 --as p_mgr1 --today 2026-05-11
