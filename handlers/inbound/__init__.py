"""From the webhook to a shopper's lane."""
