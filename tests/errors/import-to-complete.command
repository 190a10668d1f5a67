# A card that was read in, and not yet completed.
$ qacli scorecard import categories.json --from zendesk-qa --channel phone --id tone --as p_tl1
$ qacli check
--- categories.json
[{"name": "Tone", "critical": false, "weight": 10, "maxRating": 2}]
