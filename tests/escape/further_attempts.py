"""Further ways in which a script may try to do more than compute, a few lines each."""

PLACES = r"""
from pathlib import Path\nx = Path("a").parser.os.system("true")
from pathlib import Path\nx = Path("../secret").read_bytes()
from pathlib import Path\nassert Path("/etc/passwd").exists(), "closed"
from pathlib import Path\nx = np.loadtxt(Path("../secret"))
from pathlib import Path\nx = np.load(Path("/etc/passwd"))
from pathlib import Path\nnp.save(Path("/tmp/stepnet_escape"), np.zeros(3))
from pathlib import Path\nnp.savetxt(Path("../stepnet_escape"), np.zeros(3))
from pathlib import Path\nnp.savez(Path("/tmp/stepnet_escape"), a=np.zeros(3))
from pathlib import Path\nnp.savez_compressed(Path("/tmp/stepnet_escape"), a=np.zeros(3))
from pathlib import Path\nx = np.genfromtxt(Path("../secret"), dtype=str)
from pathlib import Path\nx = open(Path("../secret")).read()
from pathlib import Path\nx = Path("a").home()
from pathlib import Path\nx = Path("/etc/passwd").stat()
from pathlib import Path\nx = Path("a").rename("b")
from pathlib import Path\nx = Path("a").unlink()
from pathlib import Path\nx = Path("a").glob("../*")
from pathlib import Path\nx = Path("a").rglob("*")
from pathlib import Path\nclass P(Path):\n    pass
from pathlib import Path\nx = type(Path("a"))._flavour
x = np.loadtxt(b"/etc/passwd")
x = open(b"/etc/passwd").read()
x = np.loadtxt(["/etc/passwd"], dtype=str)\nassert "root" in str(x), "closed"
class P:\n    def __fspath__(self):\n        return "../secret"\nx = np.loadtxt(P())
class P:\n    def __str__(self):\n        return "../secret"\nx = open(P()).read()
class P:\n    def __init__(self):\n        self.n = 0\n    def __str__(self):\n        self.n += 1\n        return "../secret" if self.n > 1 else "here"\nx = open(P()).read()
class P:\n    n = 0\n    def __str__(self):\n        P.n += 1\n        return "../secret" if P.n % 3 == 0 else "here"\nfor i in range(6):\n    try:\n        x = open(P()).read()\n        break\n    except FileNotFoundError:\n        pass\nelse:\n    raise ValueError("not read")
import os\nassert os.path.exists("/etc/passwd"), "closed"
import os\nassert os.path.isdir("/etc"), "closed"
import os\nassert os.path.isfile("../secret"), "closed"
import os\nx = os.listdir("..")
import os\nx = os.path.expanduser("~")
import os\nx = os.path.getsize("/etc/passwd")
import os\nassert os.path.realpath("/proc/self") != "/proc/self", "closed"
x = np.vectorize(np.load, otypes="O")("/etc/passwd")
from collections import namedtuple\nx = namedtuple("A b): import os #", "x")
from .. import secret\nx = secret
""".strip().split("\n")

OTHERS = r"""
x = open("x", opener=print)
range = type(range(10**6))\nx = range.__call__
x = range(10**6).__class__
x = type(range(10**6))._numbers
x = range.__instancecheck__
for x in range.__subclasses__():\n    pass
x = (i for i in [1]).gi_frame
x = [*(lambda: 0).__code__.co_consts]
x = (lambda __class__: __class__)(1)
def f(*__globals__):\n    pass
def f(x=[].__class__):\n    pass
if (x := ().__class__):\n    pass
x = {().__class__: 1}
x = f"{().__class__!r}"
x = f"{(lambda: 0).__globals__}"
del ().__class__
global __builtins__\n__builtins__ = {}
""".strip().split("\n")

REFLECTION = r"""
import argparse\nn = argparse.Namespace(**{"__array_interface__": {"shape": (4,), "typestr": "<f8", "data": (id(np.zeros(1)), False), "version": 3}})\nx = np.array(n)\nassert x.shape == (4,)
import types\nn = types.SimpleNamespace(**{"__array_interface__": {"shape": (4,), "typestr": "<f8", "data": (id(np.zeros(1)), False), "version": 3}})\nx = np.asarray(n)\nassert x.shape == (4,)
import argparse\np = argparse.ArgumentParser()\np.set_defaults(**{"__array_interface__": {"shape": (4,), "typestr": "<f8", "data": (id(np.zeros(1)), False), "version": 3}})\nx = np.array(p.parse_args([]))\nassert x.shape == (4,)
import argparse\np = argparse.ArgumentParser()\np.add_argument("--a", dest="__array_interface__", default={"shape": (4,), "typestr": "<f8", "data": (id(np.zeros(1)), False), "version": 3})\nx = np.array(p.parse_args([]))\nassert x.shape == (4,)
class A:\n    def __init__(self, **k):\n        self.__dict__.update(k)\nx = A(**{"__array_interface__": 1})
class A:\n    def __init__(self, **k):\n        self.__dict__ = k\nx = np.array(A(**{"__array_interface__": {"shape": (4,), "typestr": "<f8", "data": (id(np.zeros(1)), False), "version": 3}}))\nassert x.shape == (4,)
class A:\n    def __init__(self, **k):\n        self.__dict__ |= k\nx = np.array(A(**{"__array_interface__": {"shape": (4,), "typestr": "<f8", "data": (id(np.zeros(1)), False), "version": 3}}))\nassert x.shape == (4,)
class A:\n    pass\na = A()\nvars(a).update({"__array_interface__": {"shape": (4,), "typestr": "<f8", "data": (id(a), False), "version": 3}})\nx = np.array(a)
class A:\n    pass\na = A()\nvars(a)["__class__"] = int
class A:\n    pass\nsetattr(A, "__reduce__", print)
class A:\n    pass\na = A()\nd = vars(a)\nd.__class__
class A:\n    pass\nx = getattr(vars(A()), "_of")
class A:\n    pass\nx = vars(A)
x = vars(print)
x = vars(lambda: 0)
x = (lambda: 0).__dict__
x = [v for v in [getattr]][0](1, "__class__")
f = getattr\nx = f((), "__class__")
x = list(map(getattr, [1], ["__class__"]))
x = getattr(1, "__cl" + "ass__")
n = "__globals__"\nx = getattr(lambda: 0, n)
x = getattr(np.zeros(3), "da" + "ta")
x = getattr(np.zeros(3), "ct" + "ypes")
x = getattr("{0.__class__}", "for" + "mat")(1)
x = hasattr(1, "__cla" + "ss__")
setattr(np.zeros(3), "dty" + "pe", object)
setattr(np.zeros(3), "stri" + "des", (10**6,))
def f(): pass\nsetattr(f, "__code__", (lambda: 0).__code__)
def f(): pass\nsetattr(f, "__def" + "aults__", (1,))
def f(): pass\nsetattr(f, "__kwd" + "efaults__", {})
s = "{0[__class__]}"\nx = s.format({})
x = list(map("{0.__class__}".format, [1]))
f = str.format\nx = f("{0.__class__}", 1)
import operator\nn = "__cla" + "ss__"\nx = operator.attrgetter(n)(1)
import functools\nx = functools.reduce(getattr, ["__class__", "__bases__"], 1)
import functools\nclass A:\n    @functools.cached_property\n    def __array_interface__(self):\n        return {}
def g():\n    yield 1\nx = getattr(g(), "gi_" + "frame")
def g():\n    yield 1\nx = getattr(g(), "__frame__")
try:\n    1 / 0\nexcept Exception as e:\n    x = getattr(e, "__traceback__")
try:\n    print.foo\nexcept AttributeError as e:\n    x = getattr(e, "ob" + "j")
class A:\n    def __getattribute__(self, n):\n        return n
class A:\n    __array_interface__ = {}
class A:\n    __dict__ = {}
class A:\n    __slots__ = ("__array_interface__",)\na = A()\nx = np.array(a)\nassert x.shape == ()\nsetattr(a, "__array_interface__", {})
class A:\n    __slots__ = ("__dict__",)\nA().__dict__["__class__"] = int
import builtins\nx = builtins.getattr
from builtins import getattr as g\nx = g(1, "__class__")
x = getattr(range(10**6), "_numbers")
import numpy as np\nx = np.lib.format
import numpy as np\nx = np.poly1d([1]).__dict__
""".strip().split("\n")

GENERATORS = r"""
setattr(np.random, "seed", print)
def g():\n    yield 1\nh = g()\nh.throw(GeneratorExit)
import numpy as np\nnp.random.set_state(("MT19937", np.random.get_state()[1], 10**8))\nx = np.random.rand(1000)\nprint(x.sum())
import numpy as np\nnp.random.set_state(("MT19937", np.random.get_state()[1], -10**8))\nx = np.random.rand(1000)
import numpy as np\ns = np.random.get_state(legacy=False)\ns["state"]["pos"] = 10**8\nnp.random.set_state(s)\nx = np.random.rand(10)
r = np.random.RandomState(0)\nr.set_state(("MT19937", r.get_state()[1], 10**8))\nx = r.rand(10)
r = np.random.default_rng(0)\ns = r.bit_generator.state\nr.bit_generator.state = {**s, "state": 1}
r = np.random.Generator(np.random.MT19937(0))\ns = r.bit_generator.state\ns["state"]["pos"] = 10**8\nr.bit_generator.state = s\nx = r.random(10)
r = np.random.Generator(np.random.Philox(0))\ns = r.bit_generator.state\ns["buffer_pos"] = -10**8\nr.bit_generator.state = s\nx = r.random(10)
b = np.random.Philox(0)\ns = b.state\ns["buffer_pos"] = -10**9\nb.state = s\nx = np.random.Generator(b).random(10)
class F:\n    capsule = 1\nx = np.random.Generator(F())
x = np.random.MT19937(0).cffi
x = np.random.default_rng(0).bit_generator.lock
import numpy as np\nnp.random.mtrand
import numpy as np\nx = np.random.rand.__self__
import numpy as np\nx = np.random.seed.__closure__
""".strip().split("\n")

LIBRARY = r"""
import operator\nx = operator.methodcaller("format", 1)("{0.__class__}")
import functools\n@functools.total_ordering\nclass A:\n    def __lt__(self, o):\n        return True\nx = A.__gt__.__globals__
import functools\nx = functools.wraps(lambda: 0, assigned=("__code__",))(print)
import functools\nx = functools.partial(functools.wraps, assigned=("__code__",))(lambda: 1)(lambda: 2)\nassert x() == 1
import typing\nx = typing.NewType("A", int).__supertype__
import typing\nx = typing.TypeVar("A", bound="().__class__").__bound__
import re\nx = re.match("a", "a").re.__class__
import re\nx = re.sub("a", eval, "a")
import re\nx = re._compiler
import re\nx = re.Scanner([])
import re\nx = re.compile("(a+)+$")
import re\nx = re.compile("(?:a|a)*b").match("a" * 40)
import re\nx = re.compile("(" * 100000 + ")" * 100000)
import re\nx = re.compile("a", re.DEBUG)
import re\nx = re.template("a")
import logging\nlogging.FileHandler("/tmp/stepnet_escape")\nlogging.getLogger().error("x")\nx = logging.os
import logging\nx = logging.Formatter("%(msg)s", style="{")
import logging\nx = logging.Handler
import logging\nx = logging.root.manager
import logging\nclass H:\n    is_heard = True\n    class F:\n        fmt = 1\n        datefmt = None\n    state = (0, F)\nlogging.getLogger().addHandler(H())\nlogging.getLogger().error("x")
import logging\nclass M:\n    def __mod__(self, a):\n        return a\nlogging.error(M(), ().__class__)
import json\nx = json.loads("1", parse_int=eval)
import json\nclass C:\n    def __init__(self, **k):\n        self.k = k\n    def decode(self, s):\n        return self.k.__class__\nx = json.loads("1", cls=C)
import json\nx = json.JSONDecoder
import json\nx = json.loads.__module__.__class__
import copy\nclass A:\n    def __reduce__(self):\n        return print, ("x",)\nx = copy.deepcopy(A())
import copy\nclass A:\n    def __deepcopy__(self, memo):\n        return memo.__class__\nx = copy.deepcopy(A())
import copy\nx = copy.copy(print).__self__
import copy\nx = copy.replace
import enum\nx = enum.Enum("A", "b")
from collections import namedtuple\nx = namedtuple("A", "a", module="os")(1).__module__.__class__
from collections import defaultdict\nx = defaultdict(lambda: 0).default_factory.__globals__
from collections import Counter\nx = Counter.fromkeys.__self__
from collections import deque\nx = deque([1]).__reduce__()
import warnings\nwarnings.showwarning = print
import warnings\nwarnings.warn("x", category=eval)
import sys\nsys.stdout = open("x", "w")
import sys\nx = sys.exc_info()[2].tb_frame
import sys\nx = sys.stdout.write.__self__
import sys\nx = sys.argv.__class__
import heapq\nx = heapq.merge.__globals__
import bisect\nx = bisect.bisect([1], 1, key=eval)
import time\ntime.sleep = print
import builtins\nbuiltins.range = print
lambda: __import__("os")
from . import *
from ..inner import script
import script
from script import *
import inner.script
""".strip().split("\n")

ARRAYS = r"""
import functools\nx = functools.total_ordering(np.ndarray)((3,), object)
import typing\nx = typing.cast(int, np.ndarray)((3,), object)
import typing\nx = typing.runtime_checkable(np.ndarray)((3,), object)
import typing\nx = typing.overload(np.ndarray)
import typing\nx = typing.NewType("A", np.ndarray)((3,))
from abc import abstractmethod\nx = abstractmethod(np.ndarray)
x = staticmethod(np.ndarray)
x = property(np.ndarray)
x = next(iter([np.ndarray]))((3,), object)
def f(a=np.ndarray):\n    return a((3,), object)
d = np.dtype({"names": ["a", "b"], "formats": ["O", "i8"], "offsets": [0, 0]})\na = np.zeros(1, d)\na["b"] = id(a)\nx = a["a"][0]
d = np.dtype({"names": ["a", "b"], "formats": ["O", "i8"], "offsets": [0, 4], "itemsize": 16})\na = np.zeros(1, d)
d = np.dtype([("a", "O")])\na = np.zeros(1, "i8").view(d)
a = np.zeros(4, "O")\nx = a.view("i8")
a = np.array([print, 1], dtype=object)\nx = a.tobytes()\nb = np.frombuffer(x, "i8")\nc = b.view(object)
a = np.zeros(4)\na.dtype = np.object_
a = np.zeros(4)\nfor a.dtype in [object]:\n    pass
a = np.zeros(4)\n(a.strides, b) = (10**6,), 1
a = np.zeros(4)\n[0 for a.strides in [(10**6,)]]
a = np.zeros(4)\nwith open("f", "w") as a.dtype:\n    pass
x = np.lib.stride_tricks.as_strided(np.zeros(1), (10**6,), (8,))
from numpy.lib.stride_tricks import as_strided\nx = as_strided(np.zeros(4), (4,), (10**6,))
from numpy.lib.stride_tricks import as_strided\nx = as_strided(np.zeros(4)[2:], (2,), (-80,))
from numpy.lib.stride_tricks import as_strided as f\nx = f(np.zeros(4), shape=(2,), strides=(2**62,))
from numpy.lib.stride_tricks import as_strided as f\nx = f(np.zeros(4), shape=(2**40, 2**40), strides=(0, 8))\nx += 1
from numpy.lib.stride_tricks import as_strided as f\nclass A:\n    def __array__(self):\n        return np.zeros(3)\nx = f(A(), (100,), (8,))
x = np.fromstring("12345678", dtype=object)
x = np.fromstring("1 2", dtype="O", sep=" ")
x = np.fromfunction(eval, (3,))
x = np.fromiter("abc", object).ctypes
x = np.require(np.zeros(3), requirements="W").data
x = np.nditer(np.zeros(3), flags=["external_loop"]).itviews
x = np.nditer([np.zeros(3)]).operands[0].ctypes
x = np.vectorize(eval)
x = np.vectorize(lambda f: f).pyfunc.__globals__
x = np.vectorize(print).__doc__.__class__
x = np.apply_along_axis(exec, 0, np.zeros(3))
x = np.add._get_strided_loop
x = np.array([1]).__array_ufunc__
x = np.array([1]).__array_function__(print, (), (), {})
x = np.array([1]).__dlpack__()
x = np.ndarray.__new__(np.ndarray, (3,))
x = np.array(np.zeros(3), subok=True).base.data
x = np.zeros(3).flat.base.ctypes
x = np.zeros(3).flags.__class__
a = np.frombuffer(b"12345678", "u1")\na.flags.writeable = True\na[0] = 1
a = np.broadcast_to(np.zeros(1), (10**9,))\na.flags.writeable = True\na.setfield(1, "f8")
a = np.zeros(3)\nx = a.getfield("f8", 8000)
a = np.zeros(3)\na.setfield(1, "f8", 8000)
a = np.zeros(3)\nx = a.getfield("O")
a = np.zeros(3)\na.setfield(print, "O")
a = np.zeros(3, "V8")\nx = a.view("O")
a = np.zeros(3, "V8")\nx = a.astype("O")[0].data
a = np.zeros(1, [("a", "i8")])\nx = a[0].view("O")
a = np.float64(1)\nx = a.view("O")
a = np.zeros(3)\nx = a.byteswap().newbyteorder
a = np.zeros(3)\nx = memoryview(a)
a = np.zeros(3)\nx = bytes(a.data)
a = np.zeros(3)\nx = a.item.__self__
a = np.zeros(3)\na.resize((10**9,), refcheck=False)
a = np.zeros(3)\nnp.ndarray.resize(a, (100,), refcheck=False)
a = np.zeros(3)\nx = np.zeros.__wrapped__
from collections import namedtuple\nx = namedtuple("A", ["a"], defaults=[np.ndarray])()[0]
from collections import defaultdict\nx = defaultdict(np.ndarray)[0]
import struct\nx = struct.pack_into("P", np.zeros(3), 0, 1)
import struct\nx = struct.unpack_from("P", np.zeros(1), 10**6)
import numpy\nnumpy.zeros = print
import numpy as np\nx = np.linalg.linalg
import numpy as np\nx = np.testing.rundocs
import numpy as np\nx = np.fft.helper
import numpy as np\nx = np.lib.npyio.DataSource
import numpy as np\nx = np.rec.fromarrays
import numpy as np\nx = np.ma.masked
import numpy as np\nx = np.matrix("1")
import numpy as np\nx = np.asmatrix("().__class__")
import numpy as np\nx = np.r_["().__class__"]
import numpy as np\nx = np.info(print)
import numpy as np\nx = np.source(print)
import numpy as np\nx = np.show_config()
import numpy as np\nx = np.test()
import numpy as np\nx = np.einsum_path.__wrapped__
import numpy as np\nx = np.mean.__globals__
import numpy as np\nx = np.set_printoptions(formatter={"all": eval})
import numpy as np\nnp.seterrcall(print)
import numpy as np\nnp.setbufsize(10**9)
import numpy as np\nx = np.core.multiarray
import numpy as np\nx = np._core
import numpy as np\nx = np.dtype("O").type.__bases__
import numpy as np\nx = np.dtype("i8", metadata={}).metadata.__class__
import numpy as np\nx = np.iinfo(int).__class__
import numpy as np\nx = np.c_.__class__
import numpy as np\nx = np.ix_.__module__.__class__
""".strip().split("\n")

CLASSES = r"""
from dataclasses import dataclass\nx = dataclass(np.ndarray)((3,), object)
from dataclasses import dataclass, field\n@dataclass\nclass A:\n    a: int = field(default_factory=np.ndarray)
from dataclasses import dataclass, fields\n@dataclass\nclass A:\n    b: int\nx = fields(A)[0]._field_type.__class__
from dataclasses import dataclass, fields\n@dataclass\nclass A:\n    b: int\nfields(A)[0].name = "__class__"
from dataclasses import dataclass, asdict\n@dataclass\nclass A:\n    b: int\nx = asdict(A(1), dict_factory=eval)
class A:\n    __match_args__ = ("__class__",)\nmatch A():\n    case A(c):\n        x = c.__bases__
class A:\n    __match_args__ = ("__cla" + "ss__",)\n    y = 1\nmatch A():\n    case A(c):\n        x = c.__subclasses__()\n    case _:\n        raise ValueError
class A:\n    def __get__(self, i, o):\n        return i
class A:\n    def __set__(self, i, o):\n        pass
class A:\n    def __prepare__(self):\n        pass
class A:\n    def __instancecheck__(self, x):\n        return True
class A:\n    def __mro_entries__(self, b):\n        return (np.ndarray,)
class A:\n    def __buffer__(self, f):\n        return b""
class A:\n    def __array__(self, dtype=None, copy=None):\n        return np.zeros(3)
class A:\n    __slots__ = ("__class__",)\n    def __init__(self):\n        self.__class__ = int\nA()
class A:\n    locals()["__del__"] = print
class A:\n    __qualname__ = 1
class A:\n    __module__ = "numpy"\nx = A()
class A:\n    for __del__ in [print]:\n        pass
class A:\n    import numpy as __array__
class A:\n    (__reduce__ := print)
class A:\n    x = [__del__ := print for _ in [1]]
class M(type):\n    pass
class A(metaclass=lambda *a: a):\n    pass
class A(metaclass=type):\n    pass
class A(**{"metaclass": print}):\n    pass
class A(*[int]):\n    pass
""".strip().split("\n")

STATEMENTS = r"""
match np.zeros(3):\n    case np.ndarray(data=d):\n        x = d
match np.zeros(3):\n    case np.ndarray(ctypes=d):\n        x = d
match [1]:\n    case list(__class__=d):\n        x = d
match print:\n    case object(__self__=s):\n        x = s
match (lambda: 0):\n    case object(__globals__=s):\n        x = s
def g():\n    x = yield\n    yield x\nh = g()\nx = h.gi_frame
def g():\n    yield 1\nx = g().gi_yieldfrom
def g():\n    try:\n        yield 1\n    except Exception as e:\n        yield e.__traceback__\nh = g()\nnext(h)\nx = h.throw(ValueError("a"))
def g():\n    yield 1\nh = g()\nh.throw(BaseException("x"))
def g():\n    yield 1\nh = g()\nh.throw(KeyboardInterrupt)
try:\n    1 / 0\nexcept Exception as e:\n    x = e.__traceback__.tb_frame
try:\n    1 / 0\nexcept Exception as e:\n    x = e.__context__
try:\n    raise ValueError from KeyError(1)\nexcept Exception as e:\n    x = e.__cause__.__traceback__
try:\n    foo\nexcept NameError as e:\n    x = e.with_traceback(None)
try:\n    import numpy.foo\nexcept ImportError as e:\n    x = e.__spec__
import sys\nsys.excepthook = print
import traceback\ntry:\n    1 / 0\nexcept Exception:\n    traceback.print_exc(file=open("/tmp/stepnet_escape", "w"))
f = lambda: (yield)\nx = f().gi_code
import numpy as np\nx = np.exceptions
""".strip().split("\n")

ASKED_LATE = r"""
class A:\n    def __getattr__(self, n):\n        if n == "__array_interface__":\n            return {"shape": (4,), "typestr": "<f8", "data": (id(np.zeros(1)), False), "version": 3}\n        raise AttributeError(n)\nx = np.array(A())\nassert x.shape == (4,), "closed"
class A:\n    def __getattr__(self, n):\n        return {"shape": (4,), "typestr": "<f8", "data": (id(np.zeros(1)), False), "version": 3} if n.endswith("interface__") else None\nx = np.asarray(A()) + 1\nassert x.shape == (4,), "closed"
class A:\n    def __getattr__(self, n):\n        return (lambda *a, **k: np.zeros(5)) if n == "__array__" else None\nx = np.array(A())\nassert x.shape == (5,), "closed"
class A:\n    def __getattr__(self, n):\n        return getattr(self, "__cl" + "ass__")\nx = A().y
class A:\n    def __setattr__(self, n, v):\n        object.__setattr__(self, "__array_interface__", {"shape": (4,), "typestr": "<f8", "data": (id(np.zeros(1)), False), "version": 3})\na = A()\na.x = 1\nx = np.array(a)\nassert x.shape == (4,), "closed"
class A:\n    def __setattr__(self, n, v):\n        object.__setattr__(self, "__arr" + "ay_interface__", v)\na = A()\na.x = {"shape": (4,), "typestr": "<f8", "data": (id(np.zeros(1)), False), "version": 3}\nx = np.array(a)\nassert x.shape == (4,), "closed"
class A:\n    def __setattr__(self, n, v):\n        super().__setattr__("__arr" + "ay_interface__", v)\na = A()\na.x = {"shape": (4,), "typestr": "<f8", "data": (id(np.zeros(1)), False), "version": 3}\nx = np.array(a)\nassert x.shape == (4,), "closed"
class A:\n    def __getattr__(self, n):\n        return super().__getattribute__("__class__")\nx = A().y.__subclasses__
class A:\n    def __delattr__(self, n):\n        object.__delattr__(self, "__dict__")\na = A()\ndel a.x
x = object.__setattr__
x = object.__setattr__(1, "a", 2)
x = object.__getattribute__(1, "__class__")
x = object.__new__(int)
""".strip().split("\n")

BASED = r"""
class A(list):\n    pass\nx = A([1]).__class__.__bases__[0].__subclasses__()
class A(dict):\n    def __missing__(self, k):\n        return ().__class__
class A(dict):\n    pass\nx = "{0.__class__}".format_map(A())
class A(dict):\n    def __missing__(self, k):\n        return print\nx = "%(a)s" % A()\ny = A()["a"].__self__
class A(list):\n    def __reduce__(self):\n        return print, ()
class A(list):\n    def __array_interface__(self):\n        return 1
class A(list):\n    def __getattr__(self, n):\n        return {"shape": (4,), "typestr": "<f8", "data": (id(self), False), "version": 3}\nx = np.array(A([1, 2]))\nassert x.shape == (4,), "closed"
class A(dict):\n    pass\na = A()\na.__dict__["__array_interface__"] = {"shape": (4,), "typestr": "<f8", "data": (id(a), False), "version": 3}
class A(dict):\n    def __init__(self, **k):\n        vars(self).update(k)\nx = A(**{"__array_struct__": 1})
class A(dict):\n    pass\na = A()\nsetattr(a, "__array_struct__", 1)
class A(list):\n    __slots__ = ("__array_interface__",)
class A(str):\n    pass
class A(tuple):\n    def __new__(cls):\n        return 1
class S(list):\n    def __contains__(self, k):\n        return True\nx = getattr(S(), "__class__")
import types\nn = types.SimpleNamespace()\nn.__array_interface__ = 1
import types\nn = types.SimpleNamespace()\nsetattr(n, "__array_interface__", 1)
import types\nn = types.SimpleNamespace()\nvars(n)["__array_interface__"] = 1
import types\nn = types.SimpleNamespace()\nn.__dict__.update({"__array_interface__": 1})
r = np.random.RandomState(0)\nf = r.set_state\nf(("MT19937", np.zeros(624, "u4"), 10**9))
f = np.random.RandomState.set_state\nf(np.random.RandomState(0), ("MT19937", np.zeros(624, "u4"), 10**9))
from numpy.random import set_state as s\ns(("MT19937", np.zeros(624, "u4"), 10**9))
import operator\nx = operator.attrgetter("set_state")(np.random.RandomState(0))
n = "set_" + "state"\nx = getattr(np.random.RandomState(0), n)
class I:\n    n = 0\n    def __index__(self):\n        I.n += 1\n        return 5 if I.n < 3 else 10**9\n    def __int__(self):\n        return self.__index__()\nnp.random.set_state(("MT19937", np.zeros(624, "u4"), I()))\nx = np.random.rand(3)\nraise ValueError("taken once")
import copy\nb = copy.deepcopy(np.random.MT19937(0))\ns = b.state\ns["state"]["pos"] = 10**9\nb.state = s
import copy\ng = copy.deepcopy(np.random.Generator(np.random.MT19937(0)))\ns = g.bit_generator.state\ns["state"]["pos"] = 10**9\ng.bit_generator.state = s
g = np.random.default_rng(np.random.RandomState(0))\ns = g.bit_generator.state\ns["state"]["pos"] = 10**9\ng.bit_generator.state = s
r = np.random.RandomState(np.random.Philox(0))\ns = r.get_state(legacy=False)\ns["buffer_pos"] = -10**9\nr.set_state(s)
import random\nrandom.setstate((3, (0,) * 624 + (10**9,), None))
import random\nr = random.Random(0)\nr.setstate((3, (0,) * 624 + (-1,), None))
""".strip().split("\n")
