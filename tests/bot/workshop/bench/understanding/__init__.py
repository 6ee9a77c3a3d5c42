"""Tests of what is measured of the understanding."""
