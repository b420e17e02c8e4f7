"""Attempts by way of the library: patterns, paths, messages, formats."""

LIBRARY = r"""
import re\nx = re.match("(a*)*b", "a" * 60)
import re\nx = re.compile("(a|a)+b").match("a" * 60)
import re\nx = re.match("(?:a?b*)+c", "ab" * 60)
import re\nx = re.match("(a{1,9}){1,99}b", "a" * 60)
import re\nx = re.match("((?=a+)a)+$", "a" * 60)
import re\nx = re.match("(?P<a>.*)(?P=a)+", "a" * 60)
import re\nx = re.findall("[ab]*?(c(d)*)*", "a")
import re\nx = re.sub(b"(a+)+$", b"", b"a" * 60)
import re\nx = re.split("(a+)+", "a")
import re\nclass S:\n    pass\nx = re.compile(S())
import re\nx = re.compile("a")._made
import re\nx = re.compile("a").scanner("a")
import re\nx = re.compile("a").__class__("b")
import re\nx = re.Scanner
import re\nx = re.sre_parse
import re\nx = re.enum
import re\nx = re.template
from pathlib import Path\nx = Path("/etc/passwd").read_text()
from pathlib import Path\nx = Path("../secret").read_text()
from pathlib import Path\nx = Path("..").joinpath("secret").read_bytes()
from pathlib import Path\nx = (Path(__file__).parent.parent / "secret").open().read()
from pathlib import Path\nx = open(Path("/etc/passwd")).read()
from pathlib import Path\nx = list(Path("/etc").iterdir())
from pathlib import Path\nx = list(Path("..").glob("*"))
from pathlib import Path\nx = Path(".").glob("../*")
from pathlib import Path\nx = Path(".").rglob("*")
from pathlib import Path\nPath("/tmp/stepnet_escape").write_text("x")
from pathlib import Path\nPath("../stepnet_escape").write_bytes(b"x")
from pathlib import Path\nPath("/tmp/stepnet_escape").touch()
from pathlib import Path\nPath("x").unlink()
from pathlib import Path\nPath("x").symlink_to("/etc/passwd")
from pathlib import Path\nx = Path.home()
from pathlib import Path\nx = Path("x").stat()
from pathlib import Path\nx = Path("x")._flavour
from pathlib import Path\nimport numpy as np\nx = np.loadtxt(Path("/etc/passwd"), dtype=str)
from pathlib import Path\nimport numpy as np\nx = np.genfromtxt(Path("/etc/passwd"), dtype=str)
from pathlib import Path\nimport numpy as np\nx = np.load(Path("../secret"))
from pathlib import Path\nimport numpy as np\nnp.save(Path("/tmp/stepnet_escape"), np.zeros(3))
from pathlib import Path\nimport numpy as np\nnp.savetxt(Path("/tmp/stepnet_escape"), np.zeros(3))
from pathlib import Path\nimport os\nx = os.listdir(Path("/etc"))
from pathlib import PosixPath
import logging\nlogging.basicConfig(filename="/tmp/stepnet_escape")\nopen("/tmp/stepnet_escape")
import logging\nlogging.FileHandler("/tmp/stepnet_escape").emit(1)
import logging\nlogging.basicConfig(format="{msg.__class__}", style="{")
import logging\nx = logging.Formatter("$msg", style="$")
import logging\nx = logging.os
import logging\nx = logging.config
import logging\nx = logging.Logger.manager
import logging\nx = logging.getLogger()._world
import logging\nx = logging.getLogger().manager
import logging\nx = logging.makeLogRecord({})
import operator\nx = operator.attrgetter("real.__class__")(1)
import operator\nx = operator.attrgetter("__cl" + "ass__")(1)
import operator\nx = operator.attrgetter("ctypes")(__import__)
import functools\nx = functools.cached_property(print).func.__self__
import functools\nx = functools.total_ordering(int)
import heapq\nx = heapq._heappop_max
import bisect\nx = bisect.bisect.__self__
import types\nx = types.FunctionType
import types\nx = types.SimpleNamespace(a=1).__class__.__mro__
import types\nn = types.SimpleNamespace()\nn.__dict__["__array_interface__"] = 1
import traceback\nx = traceback.sys
import traceback\nx = traceback.format_exc()
import timeit\nx = timeit.timeit("1")
import itertools\nx = itertools.count()._at
s = ["{0.__class__}"][0]\nx = s.format(1)
s = ["{0[a]}"][0]\nx = s.format({"a": 1})
s = ["{:{0.__class__}}"][0]\nx = s.format(1)
s = ["{0.__class__}"][0]\nf = s.format\nx = f(1)
s = ["{0.__class__}"][0]\nx = list(map(s.format, [1]))
s = ["{0.__class__}"]\nx = s[0].format(*[1])
s = ["{0.__class__}"]\nx = (lambda t: t.format(1))(s[0])
class F:\n    def format(self, x):\n        return x\ns = ["{0.__class__}"][0]\nx = s.format(1)
class F:\n    def format(self, x):\n        return x\nx = (lambda s: s.format(1))("{0.__class__}")
class F:\n    def __add__(self, s):\n        return s.format(1)\nx = F() + "{0.__class__}"
x = str.format(*["{0.__class__}", 1])
from typing import Protocol\nx = Protocol.__mro_entries__
from typing import Generic\nx = Generic[int]()
class A:\n    def __class_getitem__(cls, k):\n        return k
""".strip().split("\n")

MATCH = r"""
match 1:\n    case int(__class__=k):\n        x = k
match 1:\n    case object(__dict__=k):\n        x = k
match [].append:\n    case object(__self__=k):\n        x = k
match np.zeros(1):\n    case object(data=k):\n        x = k
match np.zeros(1):\n    case object(ctypes=k):\n        x = k
match np.zeros(1):\n    case object(__array_interface__=k):\n        x = k
match "{0.__class__}":\n    case str(format=f):\n        x = f(1)
match 1:\n    case type(x):\n        pass
match 1:\n    case k if k.__class__.__mro__:\n        pass
match 1:\n    case __builtins__:\n        pass
match [1]:\n    case [*__builtins__]:\n        pass
match {}:\n    case {**__builtins__}:\n        pass
match np:\n    case m:\n        x = m.ndarray
match np.ndarray:\n    case k:\n        x = k((3,), object)
match type(np.zeros(1)):\n    case k:\n        x = k((3,), object)
match 1:\n    case np.os.environ:\n        pass
match 1:\n    case eval():\n        pass
class A:\n    __match_args__ = ("__dict__",)\nmatch A():\n    case A(d):\n        x = d
class A:\n    __match_args__ = ("__class__",)\nmatch A():\n    case A(d):\n        x = d
class A(OSError):\n    __match_args__ = "__traceback__",\nmatch A():\n    case A(d):\n        x = d
class A:\n    __match_args__ = "ab"\nmatch A():\n    case A(a, b, c):\n        x = a
""".strip().split("\n")

SENT = r"""
def g():\n    yield 1\nx = g().gi_frame
def g():\n    yield 1\nx = g().send.__self__
def g():\n    yield 1\nx = g().send.__func__.__globals__
def g():\n    yield 1\ni = g()\nnext(i)\ni.throw(1)
def g():\n    yield 1\ni = g()\nnext(i)\ni.throw(BaseException)
def g():\n    yield 1\ni = g()\nnext(i)\ni.throw(KeyboardInterrupt)
def g():\n    yield 1\ni = g()\ni.throw(ValueError("out"))
def g():\n    x = yield\n    yield x.__class__.__mro__\ni = g()
def g():\n    x = yield\n    yield type(x)\ni = g()\nnext(i)\nx = i.send(np.zeros(1))((3,), object)
def g():\n    i.send(1)\n    yield\ni = g()\nnext(i)
x = GeneratorExit
import contextlib\nx = contextlib.ExitStack
import contextlib\nx = contextlib.redirect_stdout(None)
import contextlib\nx = contextlib.contextmanager(print)(1).__enter__
import contextlib\nx = contextlib.nullcontext(1).__dict__
import contextlib\nx = contextlib.os
import contextlib\nwith contextlib.contextmanager(lambda: 1)():\n    pass
""".strip().split("\n")

BASED = r"""
class L(list):\n    pass\nx = L.__subclasses__()
class L(list):\n    pass\nx = L([1]).__class__.__mro__
class L(list):\n    __array_interface__ = {}
class D(dict):\n    __array_interface__ = dict.get
class D(dict):\n    __getattribute__ = dict.get
class D(dict):\n    __getattr__ = dict.__init__.__objclass__
class D(dict):\n    __getattr__ = getattr
class D(dict):\n    __getattr__ = dict.get\nx = np.asarray(D(__array_interface__=1)).dtype.num + []
class D(dict):\n    __getattr__ = dict.get\nx = D().__class__.__dict__
class D(dict):\n    __setattr__ = dict.__setitem__\nd = D()\nd.__class__ = int
class D(dict):\n    __setattr__ = dict.__setitem__\nsetattr(D(), "__cl" + "ass__", 1)
class D(dict):\n    def __setattr__(self, k, v):\n        super().__setattr__(k, v)
class D:\n    def __setattr__(self, k, v):\n        object.__setattr__(self, k, v)
class D:\n    def __getattr__(self, k):\n        return {"data": (1, 1)}\nx = np.array([D()], "d")
class D:\n    def f(self):\n        return self.__getattr__("x")
class D:\n    def __getattr__(self, k):\n        return self.__getattr__(k)
class D(dict, list):\n    pass
class D(set):\n    pass
class D(str):\n    pass
class D(tuple):\n    pass
class D(float):\n    pass
class D(type):\n    pass
class D(np.ndarray):\n    pass
class D(np.float64):\n    pass
class D(type([])):\n    pass
class D(a.__class__):\n    pass
from collections import OrderedDict\nclass D(OrderedDict):\n    pass
from collections import namedtuple\nclass D(namedtuple("D", "a")):\n    __new__ = print
from collections import namedtuple\nclass D(namedtuple("D", "a").__mro__[0]):\n    pass
from pathlib import Path\nclass D(Path):\n    pass
""".strip().split("\n")

LISTED = r"""
from enum import Enum\nx = Enum("A", {"__array_interface__": 1})
from enum import Enum\nx = Enum("A", "x y", type=int)
from enum import Enum\nE = Enum\nx = E("A", ["x"])
from enum import Enum\nclass A(Enum):\n    pass\nx = A("B", "x y")
from enum import Enum\nclass A(Enum):\n    X = 1\nx = A.__members__
from enum import Enum\nclass A(Enum):\n    X = 1\nx = A.X.__class__.__mro__
from enum import Enum\nclass A(Enum):\n    X = 1\nx = type(type(A.X))
from enum import Enum\nclass A(Enum):\n    X = 1\nA.X.__dict__["__array_interface__"] = 1
from enum import Enum\nclass A(Enum):\n    __array_interface__ = 1
from enum import Enum\nclass A(bytes, Enum):\n    X = b"1"
from enum import Enum\nclass A(np.ndarray, Enum):\n    X = 1
from enum import Enum, OfMembers
from enum import EnumMeta
import enum\nx = enum.sys
class A(complex):\n    pass
""".strip().split("\n")

TWICE = [
    'class P:\\n    def __str__(self, n=["/", "."]):\\n        return n.pop()\\n'
    'import os\\nassert "etc" in os.listdir(P()), "nothing of that kind"'
]
