# Where nothing is asked, reading is enough.
$ qacli procedure quiz --from mine.csv --as p_a01
--- definitions/procedures/parking.yaml
id: parking
version: 1
owner: p_tl1
from: 2026-01-01
title: Parking
standard: Visitors park in the yard.
text: The gate opens at eight.
--- mine.csv
person,procedure,question,answer
p_a01,parking,q1,a
