"""Ways in which a script may try to do more than compute, through what it makes and is given."""

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
class A(int):\n    pass
class A(str):\n    def format(self):\n        return 1
class A(dict):\n    def __reduce__(self):\n        return print, ()
class A(bytes):\n    pass
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
def f():\n    yield 1\ng = f()\nx = g.gi_code
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
import typing\nx = typing.Generic("A", (), {})
from typing import NamedTuple as N\nx = N("A", [("b", np.ndarray)]).__annotations__
from typing import NamedTuple as N\nx = N("A", ["b"], [np.ndarray])
from typing import NamedTuple as N\nclass A(N):\n    b: int = np.ndarray
from typing import NamedTuple as N\nclass A(N):\n    b: int\n    def __new__(self):\n        return 1
from dataclasses import dataclass, fields\n@dataclass\nclass A:\n    b: np.ndarray\nx = fields(A)[0].type((3,), object)
from numpy import ndarray as N\nx = N
from numpy import ndarray as N\nx = [N][0]((3,), object)
from numpy import ndarray as N\nclass A(N):\n    pass
class A:\n    from numpy import ndarray as N\nx = A.N
class A:\n    def f(self):\n        from numpy import ndarray as N\n        return N
from abc import ABCMeta as M\nx = M("A", (), {})
import abc\nx = abc.ABCMeta
from abc import ABCMeta as M\nclass A(M):\n    pass
from abc import ABCMeta as M\nclass A(object, metaclass=M, other=1):\n    pass
class A(B := object, metaclass=object):\n    pass
x = list[np.ndarray].__args__
list = {1: 2}\nx = list[np.ndarray]
x = type[np.ndarray]
from typing import Text\nx = Text.format("{0.__class__}", 1)
from numpy.typing import NDArray\nx = NDArray.__origin__
""".strip().split("\n")
