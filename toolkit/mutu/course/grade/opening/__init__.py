"""How a room's processes come to be: forked from one that is loaded, or started where nothing can be forked.

opened     what both give
forking    Linux; with walls or without
starting   everywhere; without walls, and slower
"""

import sys

from mutu.course.grade.opening.opened import Opened, Opening
from mutu.course.grade.opening.starting import Starting

if sys.platform != "win32":
    from mutu.course.grade.opening.forking import Forking

__all__ = ["Forking", "Opened", "Opening", "Starting"]
