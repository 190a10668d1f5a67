# A payment card number does not enter the records, nor this message. (It is the networks' own test number.)
$ perl -pi -e "s/version: 1/version: 2/" definitions/frames/weekly-routine.yaml
$ qacli frame agree weekly-routine --comment "as with card 4111 1111 1111 1111" --as p_mgr1 --quiet
