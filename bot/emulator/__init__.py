"""A Graph API and its shoppers on real sockets, with the limits and errors that Facebook documents."""

from bot.emulator.emulator import Emulator as Emulator
from bot.emulator.emulator import simulator_routes as simulator_routes
from bot.emulator.shopper import Shopper as Shopper
from bot.emulator.witness import ChatFailed as ChatFailed
