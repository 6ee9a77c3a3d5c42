"""Tools that run on no merchant's server: emulator, private database, demo, replay, benchmarks."""
