"""React to the outside world: webhooks, turns, deliveries, jobs and pages."""
