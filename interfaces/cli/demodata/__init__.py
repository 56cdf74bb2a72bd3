"""Printed tables for the demonstration: Örebro, interim report 2 2019, adopted on 19 September 2019."""
