# What the records are is fixed by the first one.
$ perl -pi -e 's/provenance: example/provenance: live/' qacli.yaml
$ qacli notice ack n-staff-4 --as p_ev2
