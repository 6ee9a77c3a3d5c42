"""The charts of pygal that we draw with, and nothing that pygal leaves in the interpreter."""

import sys

import pygal
from pygal.style import Style

__all__ = ["Style", "pygal"]

# It looks for maps in the way of Python 2, which warns at every import after it, until Python 3.12 passes it over.
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != pygal.__name__]
