# A command that was mistyped.
$ qacli smaple draw
