"""Tests of the emulated Facebook, over real sockets."""
