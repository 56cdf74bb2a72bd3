"""The words everything is said in: time, money, events, decisions and facts."""
