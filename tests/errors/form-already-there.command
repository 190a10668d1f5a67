# A form that was written here, read in over the card that it was made of.
$ qacli scorecard export phone --to genesys -o phone.json -q --as p_tl1
$ qacli scorecard import phone.json --from genesys --as p_tl1
