"""Conversations as other tools write them down, read without loss or said where something is lost."""
