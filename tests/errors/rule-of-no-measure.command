# A rule measures what nothing gives, and something else than its criterion names.
$ perl -pi -e 's/measure: first-reply-seconds/measure: first-replies-seconds/' definitions/rules.yaml
$ qacli check
