# A card uses a version of a scale that nobody has approved.
$ perl -pi -e 's/^version: 1$/version: 2/' definitions/scales/point5.yaml
$ perl -pi -e 's/^version: 1.0/version: 1.1/; s/point5\@1/point5\@2/' definitions/scorecards/chat.yaml
$ qacli scorecard approve chat --as p_mgr1 --today 2026-05-18
