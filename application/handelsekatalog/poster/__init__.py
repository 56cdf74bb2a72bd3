"""What the events mean and examples of them: one data file per event, and the fields that many events share."""
