"""Attempts by way of computed names, of the classes of objects, and of views into memory."""

_object = "import numpy as np\\nclass A:\\n    pass\\na = A()\\n"

NAMED = [
    _object + line
    for line in r"""
x = getattr(a, "__cl" + "ass__")
x = getattr(a, "".join(["__di", "ct__"]))
x = getattr(a, "__init" + "_subclass__")
x = getattr(A, "m" + "ro")()
x = getattr(A, "__subcl" + "asses__")()
x = getattr(A, "__mo" + "dule__")
x = getattr(np, "nda" + "rray")((3,), object)
x = getattr(np.zeros(3), "da" + "ta")
x = getattr(np.zeros(3), "cty" + "pes")
x = getattr(np.zeros(3), "to" + "file")("/tmp/stepnet_escape")
x = getattr(np.zeros(3), "__array_" + "interface__")
x = getattr(np.random.default_rng(0).bit_generator, "cap" + "sule")
x = getattr("", "for" + "mat")("{0.__class__}", 1)
x = getattr("{a.__class__}", "for" + "mat_map")({"a": 1})
x = getattr((i for i in [1]), "gi_" + "frame")
x = getattr(lambda: 0, "__glo" + "bals__")
x = getattr(print, "__se" + "lf__")
x = getattr(1, 1)
x = getattr(*[1, "__class__"])
x = getattr(1, **{"name": "__class__"})
x = getattr(a, ".number")
x = getattr(A, ".own")
x = [f(1, "__class__") for f in [getattr]]
x = (g := getattr)(1, "__class__")
x = hasattr(1, "__cl" + "ass__")
try:\n    1 / 0\nexcept Exception as e:\n    x = getattr(e, "with_" + "traceback")(None)
try:\n    1 / 0\nexcept Exception as e:\n    x = getattr(e, "__trace" + "back__")
try:\n    print.foo\nexcept AttributeError as e:\n    x = getattr(e, "o" + "bj")
class E(Exception):\n    pass\nx = getattr(E(), "with_" + "traceback")(None)
setattr(a, "__array_" + "interface__", {"data": (1, True), "shape": (1,), "typestr": "|O"})
setattr(A, "__array_" + "interface__", {"data": (1, True), "shape": (1,), "typestr": "|O"})
setattr(A, "__del" + "__", print)
setattr(A, "__get" + "attr__", print)
setattr(a, "__cl" + "ass__", int)
setattr(a, "__di" + "ct__", {})
setattr(np.zeros(3), "dty" + "pe", object)
setattr(np.zeros(3), "stri" + "des", (10**6,))
setattr(np.zeros(3), "dtype", object)
setattr(np, "exp", print)
setattr(print, "x" + "y", 1)
setattr(int, "x" + "y", 1)
setattr(Exception("a"), "args" + "", 1)
setattr(lambda: 0, "__co" + "de__", 1)
setattr(np.errstate(), "cho" + "sen", {})
f = setattr
delattr(A, ".own")
delattr(A, "__di" + "ct__")
a.__dict__["__array_" + "interface__"] = {"data": (1, True), "shape": (1,), "typestr": "|O"}
a.__dict__.update({"__array_interface__": {"data": (1, True), "shape": (1,), "typestr": "|O"}})
vars(a).setdefault("__array_interface__", {})
vars(a).update(__reduce_ex__=lambda n: (lambda: np.zeros(1), ()))
vars(a)[1] = 2
a.__dict__ = {}
del a.__dict__
x = A.__dict__
x = vars(A)
x = vars(np)
x = vars(print)
x = vars(lambda: 0)
x = vars(np.errstate())
x = vars(iter([1]))
x = vars(open("x", "w"))
x = vars(*[a])
x = vars(a)._of.__class__.__mro__
x = vars(a).__class__
x = vars
x = a.__class__.__class__
x = a.__class__.__mro__
x = a.__class__.__dict__
x = type(a).__subclasses__()
x = type(a.__class__)
x = type(type(a))
a.__class__ = int
x = np.zeros(1).__class__((3,), object)
x = [1].__class__
n = np.zeros(1)\nx = n.__class__((3,), object)
n = np.zeros(1)\nx = (k := n.__class__) == 1 or k((3,), object)
n = np.zeros(1)\nx = type(n)((3,), object, n)
n = np.zeros(1)\nx = (k := type(n)) == 1 or k((3,), object)
n = np.zeros(1)\ndef f(x):\n    return x\nx = f(type(n))((3,), object)
n = np.zeros(1)\ndef type(x):\n    return x\ndel type\nx = type(n)((3,), object)
def f():\n    yield type(np.zeros(1))\nx = next(f())((3,), object)
x = (lambda n: n.__class__)(np.zeros(1))((3,), object)
x = list(map(lambda n: n.__class__, [np.zeros(1)]))[0]((3,), object)
class B:\n    k = np.zeros(1).__class__\nx = B.k((3,), object)
class B:\n    def __add__(self, n):\n        return type(n)\nx = (B() + np.zeros(1))((3,), object)
for k in [type(np.zeros(1))]:\n    x = k((3,), object)
class B:\n    __array_interface__ = 1
class B:\n    __array_ufunc__ = __add__ = None
class B:\n    __getattr__ = getattr
class B:\n    __del__ = print
""".strip().split("\n")
]

MEMORY = r"""
from numpy.lib.stride_tricks import as_strided\nx = as_strided(np.zeros(4), (5,), (8,))
from numpy.lib.stride_tricks import as_strided\nx = as_strided(np.zeros(4)[1:], (4,), (8,))
from numpy.lib.stride_tricks import as_strided\nx = as_strided(np.zeros(4), (2,), (-8,))
from numpy.lib.stride_tricks import as_strided\nx = as_strided(np.zeros(4), (2,), (10**9,))
from numpy.lib.stride_tricks import as_strided\nx = as_strided(np.zeros((2, 2)).T, (3, 2), (8, 16))
from numpy.lib.stride_tricks import as_strided\nx = as_strided(np.zeros(8)[::2], (5,), (16,))
from numpy.lib.stride_tricks import as_strided\nx = as_strided(np.array([1], object), (2,), (8,))
from numpy.lib.stride_tricks import as_strided\nx = as_strided(np.broadcast_to(1.0, 3), (3,), (8,))
from numpy.lib.stride_tricks import DummyArray
import numpy.lib.npyio
x = np.lib.stride_tricks.np
x = np.lib.format
x = np.nditer([1.0], flags=["external_loop"])
x = np.nditer(np.zeros(3), flags=["buffered"], op_dtypes=["O"])
x = np.nditer([np.zeros(3), np.zeros(3)])
x = np.nditer(np.zeros(3)).operands
x = np.nditer(np.zeros(3))._nditer__order
x = np.nditer(np.zeros(3)).__dict__
for v in np.nditer(np.zeros(3)):\n    v[...] = 1
x = np.fromstring(b"12345678", dtype=object)
x = np.testing.assert_raises
x = np.testing.build_err_msg
x = np.testing.assert_allclose.__globals__
x = np.random.SeedSequence(1).spawn(2)
x = np.random.BitGenerator
x = np.fft.helper
x = np.require(1).__array_interface__
x = np.generic.__subclasses__()
x = np.object_.__base__
""".strip().split("\n")
