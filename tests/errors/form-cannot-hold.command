# A scorecard as a form of another system, which would give other scores.
$ sed -i 's/not_applicable: exclude/not_applicable: full/; s/version: 1.0/version: 1.1/' definitions/scorecards/phone.yaml
$ qacli scorecard export phone@1.1 --to amazon-connect --as p_tl1
