# A trial is overridden by somebody whom nobody named for it.
$ perl -pi -e 's/version: 1$/version: 2/' definitions/scales/point5.yaml
$ qacli scale approve point5 --override 'we start on Monday' --as p_mgr1 --today 2026-05-11
