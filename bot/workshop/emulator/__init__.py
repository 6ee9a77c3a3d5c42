"""A Graph API and its shoppers on real sockets, with the limits and errors that Facebook documents."""

from bot.workshop.emulator.emulator import Emulator as Emulator
from bot.workshop.emulator.emulator import simulator_routes as simulator_routes
from bot.workshop.emulator.shopper import Shopper as Shopper
from bot.workshop.emulator.witness import ChatFailed as ChatFailed
