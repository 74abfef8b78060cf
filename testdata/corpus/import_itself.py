import import_itself
from import_itself import x, y as x
from . import import_itself as again
from .... import nothing
from .import_itself import *
x = import_itself.x.x.x
