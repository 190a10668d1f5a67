# All that is wrong is told in one run, in every file.
$ perl -pi -e 's/^purpose:.*/purpose:/; s/sector: private/sector: privat/' qacli.yaml
$ perl -pi -e 's/floor: 8/flor: 8/' definitions/frames/weekly-routine.yaml
$ qacli check
