# Outside a workspace there is nothing to check.
$ qacli check -C /
