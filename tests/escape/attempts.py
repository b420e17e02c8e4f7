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
x = hasattr(1, "__class__")
x = getattr(1, "_" + "_class__")
g = getattr
x = (lambda getattr: getattr)(1); y = getattr(1, "_" + "_class__")
import numpy as np\nx = getattr(np, "ndarray")
import numpy as np\nf = lambda type: 0\nT = type(np.ones(1))\nx = T((1,), object)
import numpy as np\nb = (T := type(np.ones(1))) == 3\nx = T((1,), object)
import numpy as np\nx = [T((1,), object) for T in [type(np.ones(1))]] == 0
import numpy as np\nisinstance(1, (T := np.ndarray))
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
import builtins\nx = builtins.open("/etc/passwd")
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
import itertools\nx = itertools.batched.__self__
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
import types\nx = types.CodeType
import weakref
import asyncio
import signal
import resource
import tempfile
import shutil
import pathlib\nx = pathlib.os
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
x = np.frombuffer(b"12345678", dtype=object)
x = np.frombuffer(b"12345678", dtype=[("a", "O")])
x = np.frombuffer(b"12345678", np.dtype("O"))
x = np.frombuffer(np.zeros(3))
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
from numpy import lib\nx = lib.npyio
import numpy.ctypeslib
import numpy.lib.stride_tricks as s\nx = s.as_strided(np.zeros(1), (10,), (8,))
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
x = np.nditer(np.zeros(3), op_flags=["allocate"])
x = np.frompyfunc(print, 1, 1)
x = np.set_string_function(print)
x = np.seterrcall(print)
x = np.getbufsize()
x = np.asarray(np.zeros(3), like=print)
""".strip().split("\n")
