# An export of reviews, which does not say how many points the rating scale has.
$ qacli scorecard import reviews.json --from zendesk-qa --channel phone --as p_tl1
--- reviews.json
{"conversations": [{"reviews": [{"ratings": [{"categoryId": "1", "categoryName": "Tone", "score": 3, "weight": 1, "critical": false}]}]}]}
