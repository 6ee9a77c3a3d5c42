"""What every room stands on: settings, clock, logs, metrics, exit codes, batches. Imports nothing of ours."""
