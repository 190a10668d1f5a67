# A new version of a frame needs a new agreement.
$ perl -pi -e 's/size: 30/size: 60/; s/version: 1/version: 2/' definitions/frames/weekly-routine.yaml
$ qacli sample draw weekly-routine --period 2026-W20 --as p_tl1 --today 2026-05-18
