# The security code of a payment card is kept nowhere, not even how a notice was given.
$ qacli notice ack n-staff-4 --means "signed, her CVV is 123" --as p_tl1
