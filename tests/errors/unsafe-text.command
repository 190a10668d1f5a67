# Characters that cannot be seen do not enter the records.
$ perl -pi -e "s/version: 1/version: 2/" definitions/frames/weekly-routine.yaml
$ qacli frame agree weekly-routine --comment "changed ‮esrever" --as p_mgr1 --quiet
