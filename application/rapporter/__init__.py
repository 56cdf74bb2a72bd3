"""Reports: declarations of tables over measures."""
