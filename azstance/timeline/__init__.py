"""Figures over time: points of months or years, where their level changes, what happened then."""
