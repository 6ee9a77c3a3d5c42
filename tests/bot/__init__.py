"""Tests of the floor and the roof of the house."""
