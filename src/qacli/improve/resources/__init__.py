"""Resources: the people, time, systems, knowledge and budget that a service takes, against what there is."""
