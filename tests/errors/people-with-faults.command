# people.csv is read as strictly as an export.
$ printf 'p_a99,telephony,A99,2026-13-01,,Nobody,\n../x,,,,,No One,\n' >> people.csv
$ qacli check
