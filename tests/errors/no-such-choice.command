# A format that there is not.
$ qacli sample list --format xls
