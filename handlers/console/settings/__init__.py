"""The screen of settings: the shop's rules, accounts, couriers, reasons, and who may do what."""
