"""Who may do what: roles, purposes and units, one matrix of what each allows, and whose unit a stream is."""
