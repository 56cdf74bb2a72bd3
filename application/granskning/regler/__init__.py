"""The rules: each file has what it looks for and why that is a fault; ``application.granskning.granska`` lists them."""
