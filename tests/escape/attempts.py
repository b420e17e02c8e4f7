"""Ways in which a script may try to do more than compute, a few lines each.

Every one has to be refused before it runs, or to be stopped with an error that says why.
"""

ATTRIBUTES = r"""
x = ().__class__
x = ().__class__.__bases__[0].__subclasses__()
x = "".__class__.__mro__[1]
x = int.mro()
x = (lambda: 0).__globals__
x = (lambda: 0).__code__
x = (lambda: 0).__closure__
x = print.__self__
x = [].append.__self__.__class__
x = len.__module__.__class__
x = (1).__reduce_ex__(2)
x = [].__getattribute__("__class__")
x = object.__subclasses__()
x = type(1).__base__
x = type(type(1))
x = type("X", (), {})
x = type
k = type(1); x = k.__dict__
x = {}.__init__.__objclass__
x = (1).__init__.__self__.__class__
x = str.format_map("{a.__class__}", {"a": 1})
x = 1 .__class__
x = [a.__class__ for a in [1]]
x = (a := 1).__class__
del (1).__class__
(lambda: 0).__code__ = None
f = lambda: 0\nf.__defaults__ = (1,)
f = lambda: 0\nf.__globals__["x"] = 1
""".strip().split("\n")

STRINGS = r"""
x = "{0.__class__}".format(1)
x = "{0[0].__class__}".format([1])
x = "{a.__class__}".format(a=1)
x = "{0:{1.__class__}}".format(1, 2)
s = "{0.__class__}"\nx = s.format(1)
f = "{0.__class__}".format\nx = f(1)
x = "".join(["{0.__cl", "ass__}"]).format(1)
x = f"{(1).__class__}"
x = f"{f'{(1).__class__}'}"
x = f"{1:{(2).__class__}}"
x = f"{[].__class__!r:>{(3).__class__}}"
x = str.format("{0.__class__}", 1)
x = "%(a.__class__)s" % {"a": 1}
x = ("{0.__class__}").format_map({})
x = map("{0.__class__}".format, [1])
x = getattr("", "format")("{0.__class__}", 1)
import functools\nx = functools.partial(str.format, "{0.__class__}")(1)
import string\nx = string.Formatter().format("{0.__class__}", 1)
import string\nx = string.Template("$a").substitute(a=1)
""".strip().split("\n")

BUILTINS = r"""
x = getattr(1, "__class__")
x = hasattr(1, "x")
setattr(int, "x", 1)
x = vars()
x = globals()["__builtins__"]
x = locals()
x = dir(1)
x = eval("1")
exec("x = 1")
x = compile("1", "", "eval")
x = __import__("os")
x = __builtins__
x = __builtins__["eval"]
x = __loader__
x = __spec__
x = breakpoint()
x = help()
x = memoryview(b"1")
x = bytearray(1)
x = [e for e in [eval]][0]("1")
eval = print\nx = __import__("os")
import builtins
from builtins import eval
x = open("/etc/passwd").read()
x = open("../secret").read()
x = open("/proc/self/mem", "rb")
x = open(0).read()
x = open("/dev/tty")
open("/tmp/stepnet_escape", "w").write("x")
open("../stepnet_escape", "a").close()
""".strip().split("\n")

MODULES = r"""
import os\nx = os.system("true")
import os\nx = os.environ
import os\nx = os.popen("true")
import os\nx = os.path.os
import os\nx = os.listdir("/")
import os\nos.makedirs("/tmp/x")\nx = os.remove("x")
from os import system
import sys\nx = sys.modules
import sys\nx = sys._getframe()
import sys\nx = sys.stdout.buffer
import sys\nx = sys.stdout._world
import sys\nx = sys.settrace(None)
import subprocess
import socket
import ctypes
import pickle
import marshal
import importlib
import inspect
import threading
import multiprocessing
import gc\nx = gc.get_objects()
import gc\nx = gc.get_referrers(1)
import operator\nx = operator.attrgetter("__class__")(1)
import operator\nx = operator.methodcaller("__class__")
import functools\nx = functools.reduce(getattr, ["__class__"], 1)
import functools\nx = functools.partial(getattr, 1)("__class__")
import functools\nx = functools.wraps(print, assigned=["__self__"])
import functools\nx = functools.WRAPPER_ASSIGNMENTS
import functools\nx = functools.partial(print).func.__self__
import copy\nx = copy._copy_dispatch
import copy\nx = copy.copyreg
import math\nx = math.__loader__
import random\nx = random._os
import random\nx = random.SystemRandom()
import collections\nx = collections._sys
import json\nx = json.decoder
import json\nx = json.codecs
import warnings\nx = warnings.sys
import typing\nx = typing.sys
import typing\nx = typing.get_type_hints(1)
import statistics\nx = statistics.sys
import datetime\nx = datetime.sys
import argparse\nx = argparse.FileType("w")
import argparse\nx = argparse.ArgumentParser(fromfile_prefix_chars="@")
import csv\nx = csv.reader(open("/etc/passwd"))
import gzip\nx = gzip.open("/etc/passwd.gz")
import gzip\nx = gzip.open("x.gz", "wb")
import time\nx = time.sys
import itertools\nx = itertools.tee([1])
import matplotlib.pyplot as plt\nx = plt.__loader__
import matplotlib.pyplot as plt\nx = plt._plots
import matplotlib.pyplot as plt\nf = plt.figure()\nx = f._plots
import tqdm\nx = tqdm.sys
from . import secret
from ..other import secret
import numpy as np, os.path as p\nx = p.genericpath
import re\nx = re.match("(a+)+$", "a" * 40 + "b")
import dis
import code
import ast
import types
import weakref
import asyncio
import signal
import resource
import tempfile
import shutil
import pathlib
import glob
import urllib.request
import http.client
import webbrowser
import platform
import site
import runpy
import zipimport
import codecs
""".strip().split("\n")

NUMPY = r"""
x = np.ctypeslib
x = np.lib
x = np.lib.stride_tricks.as_strided(np.zeros(1), (10**6,))
x = np.core
x = np.testing
x = np.f2py
x = np.distutils
x = np.compat
x = np.os
x = np.sys
x = np.memmap("/etc/passwd")
x = np.fromfile("/etc/passwd")
x = np.frombuffer(b"12345678")
x = np.fromregex("x", "y", float)
x = np.DataSource()
x = np.load("x.npy", allow_pickle=True)
x = np.load("/etc/passwd")
x = np.load("x.npy", mmap_mode="r")
x = np.loadtxt("/etc/passwd", dtype=str)
x = np.genfromtxt("/etc/passwd", dtype=str)
x = np.genfromtxt("../secret", dtype=str)
np.zeros(3).tofile("/tmp/stepnet_escape")
np.zeros(3).dump("/tmp/stepnet_escape")
x = np.zeros(3).dumps()
np.save("/tmp/stepnet_escape", np.zeros(3))
np.savetxt("../stepnet_escape", np.zeros(3))
np.savez("/tmp/stepnet_escape", a=np.zeros(3))
np.save("a", np.array([print], dtype=object))
x = np.zeros(3).ctypes
x = np.zeros(3).data
x = np.zeros(3).base.__class__
x = np.zeros(3).__array_interface__
x = np.zeros(3).__array_struct__
x = np.zeros(3).__reduce__()
np.zeros(3).__setstate__((1, (1,), np.dtype("O"), False, b"12345678"))
a = np.zeros(3)\na.dtype = object
a = np.zeros(3)\na.strides = (100000,)
a = np.zeros(3)\na.data = b"1"
a = np.zeros(3)\na.resize(10**9)
a = np.zeros(3)\na.setflags(write=True)
x = np.zeros(3).view(object)
x = np.zeros(3).view(dtype="O")
x = np.zeros(3).view(np.dtype("O"))
x = np.zeros(3).getfield("O")
x = np.ndarray((3,), object, b"1" * 24)
x = np.ndarray(shape=(3,), dtype=object, buffer=np.zeros(3))
k = np.ndarray\nx = k((3,), object)
x = type(np.zeros(3))((3,), object, np.zeros(3))
from numpy import ndarray\nx = ndarray((3,), object)
x = isinstance(1, np.ndarray) or np.ndarray(3)
x = np.dtype(object).type.__subclasses__()
x = np.dtype("O").newbyteorder().metadata.__class__
x = np.sum.__globals__
x = np.sum.__wrapped__
x = np.vectorize(print).pyfunc.__self__
x = np.add.reduce.__self__.__class__
x = np.array([1], dtype=object).item().__class__
x = np.random.mtrand
x = np.random.RandomState(0)._bit_generator
x = np.random.default_rng(0).bit_generator.ctypes
x = np.random.default_rng(0).bit_generator.cffi
x = np.random.default_rng(0).bit_generator.capsule
x = np.random.PCG64(0).lock.__class__
x = np.random.get_state.__self__.__class__
x = np.linalg.lapack_lite
x = np.linalg.linalg
from numpy.lib import npyio
from numpy import lib
import numpy.ctypeslib
import numpy.lib.stride_tricks as s
x = np.recarray((3,), dtype=object)
x = np.rec.fromarrays([[1]])
x = np.matrix("__import__('os')")
x = np.mat("1")
x = np.bmat("a")
x = np.show_config()
x = np.source(np.sum)
x = np.info("x")
x = np.lookfor("x")
x = np.get_include()
x = np.__config__
x = np.from_dlpack(np.zeros(3))
x = np.zeros(3).__dlpack__()
x = np.nditer(np.zeros(3), op_flags=["readwrite"])
x = np.frompyfunc(print, 1, 1)
x = np.set_string_function(print)
x = np.seterrcall(print)
x = np.getbufsize()
x = np.asarray(np.zeros(3), like=print)
""".strip().split("\n")

CODE = r"""
def f():\n    yield 1\nx = f().gi_frame
def f():\n    yield 1\nx = f().gi_code
def f():\n    yield 1\nx = f().gi_frame.f_back.f_globals
g = (i for i in [1])\nx = g.gi_frame
try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    x = e.__traceback__
try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    x = e.__traceback__.tb_frame
try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    x = e.with_traceback(None)
try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    x = e.__context__
try:\n    a.b\nexcept NameError as e:\n    x = e.__class__
class A:\n    def __getattribute__(self, n):\n        return 1
class A:\n    def __init_subclass__(cls):\n        pass
class A:\n    def __set_name__(self, o, n):\n        pass
class A:\n    def __del__(self):\n        pass
class A:\n    def __new__(cls):\n        return cls
class A:\n    def __class_getitem__(cls, k):\n        return 1
class A:\n    def __reduce__(self):\n        return (print, ())
class A:\n    def __instancecheck__(cls, o):\n        return True
class A:\n    def __subclasshook__(cls, o):\n        return True
class A:\n    def __mro_entries__(self, b):\n        return ()
class A:\n    def __prepare__(n, b):\n        return {}
class A:\n    def __array_ufunc__(self, *a):\n        return 1
class A:\n    def __array_function__(self, *a):\n        return 1
class A:\n    def __array__(self):\n        return self.__dict__
class A:\n    __slots__ = ()\n    __dict__ = 1
class A:\n    __class__ = int
class A:\n    pass\nx = A().__class__.__subclasses__()
class A:\n    pass\nx = A.__subclasses__()
class A:\n    pass\nx = A.__mro__
class A:\n    pass\nx = A.mro()
class A:\n    pass\nx = A.__base__
class A:\n    def f(self):\n        pass\nx = A.f.__globals__
class A:\n    def f(self):\n        pass\nx = A().f.__func__
class A:\n    def f(self):\n        pass\nx = A().f.__self__.__dict__["x"].__class__.__base__
class A(type):\n    pass
class A(metaclass=type):\n    pass
class A(int):\n    pass
class A(str):\n    def format(self):\n        return 1
class A(dict):\n    def __missing__(self, k):\n        return 1
class A(list):\n    pass
class A(np.ndarray):\n    pass
class A(np.random.RandomState):\n    pass
class A(print):\n    pass
class A(object, keyword=1):\n    pass
class A:\n    def f(self):\n        return super().__getattribute__("f")
class A:\n    def f(self):\n        return super().__reduce_ex__(2)\nx = A().f()
class A:\n    def f(self):\n        return self.__secret__\nx = A().f()
class A:\n    def f(self):\n        return self.__class__.__bases__[0].__subclasses__()\nx = A().f()
class _A:\n    def f(self):\n        return self.__x\nx = _A().f()
class __A__:\n    pass\nx = __A__.__subclasses__()
class A:\n    x: __import__("os") = 1
def f(a=().__class__):\n    pass
def f(a: ().__class__):\n    pass
def f() -> ().__class__:\n    pass
@().__class__\ndef f():\n    pass
@print.__self__\ndef f():\n    pass
@(lambda f: f.__globals__)\ndef f():\n    pass
@eval\ndef f():\n    pass
f = lambda x=().__class__: x
async def f():\n    pass
match 1:\n    case object(__class__=c):\n        x = c
match 1:\n    case int(real=r):\n        x = r.__class__
def f():\n    global __builtins__\n    __builtins__ = {}
__name__ = "x"
__builtins__ = {}
__build_class__ = print
def __import__(n):\n    pass
import numpy as __builtins__
for __builtins__ in [1]:\n    pass
with open("/etc/passwd") as f:\n    x = f.read()
try:\n    pass\nexcept* ValueError as __builtins__:\n    pass
assert ().__class__
raise ().__class__
del __builtins__
x = [*().__class__.__mro__]
x = {**vars()}
print(end=().__class__)
print(file=open("/etc/passwd", "w"))
print(1, file=1)
x = lambda: __import__("os")\nx()
x = sorted([1], key=eval)
x = list(map(eval, ["1"]))
x = list(filter(getattr, [1]))
x = max([1], key=lambda v: v.__class__)
x = isinstance(1, ().__class__)
x = super().__init__.__globals__
x = staticmethod(print).__func__.__self__
x = property(print).fget.__self__
x = classmethod(print).__wrapped__
raise BaseException("out")
raise KeyboardInterrupt
raise GeneratorExit
x = Exception.__subclasses__()
x = type(Exception("a")).mro()
""".strip().split("\n")

OBJECTS = r"""
x = np.load.args[0].folder.parent
x = np.save.func
import argparse\nclass A:\n    def __init__(self, *a, **k):\n        pass\n    def __call__(self, parser, *a):\n        parser.fromfile_prefix_chars = "@"\np = argparse.ArgumentParser()\np.add_argument("x", action=A)
import argparse\nclass A:\n    def __mod__(self, params):\n        return params["container"]\np = argparse.ArgumentParser()\np.add_argument("--x", help=A())
import argparse\np = argparse.ArgumentParser()\ntry:\n    p.add_argument("--x").add_argument("--y")\nexcept AttributeError as e:\n    x = e.obj
import argparse\np = argparse.ArgumentParser(formatter_class=lambda prog: print)
import argparse\np = argparse.ArgumentParser(parents=[argparse.ArgumentParser()])
import argparse\nclass A(str):\n    pass
import argparse\nx = argparse.ArgumentParser()._built()
import argparse\nx = argparse.Action
import argparse\nx = argparse.HelpFormatter("a")._whitespace_matcher
try:\n    print.foo\nexcept AttributeError as e:\n    x = e.obj.__self__
import tqdm\nx = tqdm.tqdm([1]).__init__.__globals__
import csv\nx = csv.writer(open("a", "w"))._file
f = open("a", "w")\nx = f._files
f = open("a", "w")\nx = f.buffer
import matplotlib.pyplot as plt\nx = plt.plot.__self__
import time\nx = time.time.__closure__
import random\nx = random.seed.__closure__
import random\nx = random.random.__self__.__class__
from collections import defaultdict\nx = defaultdict.__missing__.__globals__
from collections import defaultdict\nx = defaultdict(list).__missing__
from collections import namedtuple\nx = namedtuple("A", "__class__")
from collections import namedtuple\nx = namedtuple("A", "a")._make.__func__
from collections import namedtuple\nx = namedtuple("A", "a")(1)._field_defaults
from functools import lru_cache\nx = lru_cache(print)._world
from functools import partial\nx = partial(open).func.__self__
import datetime\nx = datetime.datetime.now.__func__.__closure__
import json\nx = json.loads.__globals__
import statistics\nx = statistics.mean.__globals__
x = np.errstate(all="ignore").__enter__
x = np.errstate.__init__.__globals__
def f():\n    yield 1\nx = f().frame
def f():\n    yield 1\nx = f()._frame
def f():\n    yield 1\ng = f()\nx = g.names
def f():\n    yield 1\ng = f()\nx = g.throw
def f():\n    yield 1\ng = f()\nx = g.unit
""".strip().split("\n")

HINTS = r"""
from typing import Union\nx = Union[np.ndarray]((3,), object)
from typing import Union\nx = Union[np.ndarray, np.ndarray]((3,), object)
from typing import Optional\nx = Optional[np.ndarray]((3,), object)
from typing import Annotated\nx = Annotated[np.ndarray, 1]((3,), object)
from typing import Annotated\nx = Annotated[int, 1](3)
from typing import Type\nx = Type[int]("A", (), {"__array_interface__": {}})
from typing import Type as T\nx = T("A", (), {})
import typing\nx = typing.Type[int]("A", (), {})
from typing import Final\nx = Final[np.ndarray]((3,), object)
from typing import List\nx = List[np.ndarray].__args__[0]
from typing import List\nx = List[np.ndarray].__origin__
from typing import List as Union\nfrom typing import Union as List\nx = List[np.ndarray]((3,), object)
class A:\n    def __getitem__(self, k):\n        return k\na = A()\na.List = A()\nx = a.List[np.ndarray]((3,), object)
class A:\n    def __getitem__(self, k):\n        return k\nlist = A()\nx = list[np.ndarray]((3,), object)
class List:\n    def __getitem__(self, k):\n        return k\nx = List()[np.ndarray]((3,), object)
from typing import List\nclass A:\n    def __getitem__(self, k):\n        return k\nList = A()\nx = List[np.ndarray]
def f(List):\n    return List[np.ndarray]\nfrom typing import List
import typing\nx = typing.Generic
import typing\nx = typing.NamedTuple("A", [("b", int)])
x = list[np.ndarray].__args__
list = {1: 2}\nx = list[np.ndarray]
x = type[np.ndarray]
from typing import Text\nx = Text.format("{0.__class__}", 1)
from numpy.typing import NDArray\nx = NDArray.__origin__
""".strip().split("\n")
