"""What the modules besides numpy offer to a script: names that compute, or that are made harmless.

The objects behind these names are made in `stepnet.machine.surroundings`, one world for each run.
"""

from __future__ import annotations


class Anything(frozenset[str]):
    """Every name without an underscore in front: what a module for drawing offers."""

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and not name.startswith("_")


ANYTHING = Anything()

DRAWING: tuple[str, ...] = (
    "matplotlib", "matplotlib.pyplot", "matplotlib.animation", "matplotlib.cm",
    "matplotlib.colors", "matplotlib.gridspec", "matplotlib.patches", "matplotlib.pylab",
    "matplotlib.ticker", "matplotlib.lines", "matplotlib.style", "mpl_toolkits",
    "mpl_toolkits.mplot3d", "seaborn", "IPython", "IPython.display", "pylab",
)  # fmt: skip
"""Modules whose calls are accepted and not drawn."""

TQDM = frozenset({"tqdm", "trange", "write", "tqdm_notebook", "tnrange"})

ITERTOOLS = frozenset(
    """
    accumulate chain combinations combinations_with_replacement compress count cycle dropwhile tee
    filterfalse groupby islice pairwise permutations product repeat starmap takewhile zip_longest
    """.split()
)

OPERATOR = frozenset(
    """
    abs add and_ attrgetter concat contains countOf eq floordiv ge getitem gt index indexOf inv
    invert itemgetter le lt matmul mod mul ne neg not_ or_ pos pow rshift sub truediv
    truth xor
    """.split()
)

RANDOM = frozenset(
    """
    betavariate binomialvariate choice choices expovariate gammavariate gauss getrandbits
    lognormvariate normalvariate paretovariate randbytes randint random randrange sample seed
    shuffle triangular uniform vonmisesvariate weibullvariate getstate setstate Random
    """.split()
)

STATISTICS = frozenset(
    """
    correlation covariance fmean geometric_mean harmonic_mean linear_regression mean median
    median_grouped median_high median_low mode multimode pstdev pvariance quantiles stdev variance
    """.split()
)

STRING = frozenset(
    """
    ascii_letters ascii_lowercase ascii_uppercase capwords digits hexdigits octdigits printable
    punctuation whitespace
    """.split()
)

TIME = frozenset(
    """
    asctime ctime gmtime localtime monotonic monotonic_ns perf_counter perf_counter_ns process_time
    process_time_ns sleep strftime thread_time time time_ns
    """.split()
)

TYPING = frozenset(
    """
    Annotated Any AnyStr Callable ClassVar DefaultDict Deque Dict Final FrozenSet Generator Iterable
    Iterator List Literal Mapping MutableMapping NamedTuple NewType Optional Sequence Set Text Tuple
    Type TypeAlias TypeVar TypedDict Union cast overload TYPE_CHECKING Protocol Hashable Sized
    SupportsFloat SupportsInt NoReturn Self Collection Container Generic
    """.split()
) - {"TypedDict"} | {"runtime_checkable"}

OFFERED: dict[str, frozenset[str]] = {
    "argparse": frozenset(
        "ArgumentParser Namespace ArgumentDefaultsHelpFormatter RawTextHelpFormatter "
        "RawDescriptionHelpFormatter HelpFormatter".split()
    ),
    "builtins": frozenset("chr dict filter int list map object pow range round str zip".split()),
    "bisect": frozenset(
        "bisect bisect_left bisect_right insort insort_left insort_right".split()
    ),
    "collections": frozenset("Counter OrderedDict defaultdict deque namedtuple".split()),
    "collections.abc": frozenset(
        "Callable Iterable Iterator Sequence Mapping Generator Sized Hashable".split()
    ),
    "contextlib": frozenset({"contextmanager", "suppress", "nullcontext"}),
    "copy": frozenset({"copy", "deepcopy"}),
    "csv": frozenset(
        "reader writer DictReader DictWriter QUOTE_ALL QUOTE_MINIMAL QUOTE_NONE "
        "QUOTE_NONNUMERIC".split()
    ),
    "datetime": frozenset({"datetime", "timedelta", "date"}),
    "abc": frozenset({"ABC", "ABCMeta", "abstractmethod"}),
    "dataclasses": frozenset("asdict astuple dataclass field fields replace".split()),
    "enum": frozenset({"Enum", "IntEnum", "StrEnum", "auto", "unique"}),
    "functools": frozenset(
        "cache cached_property lru_cache partial reduce total_ordering wraps".split()
    ),
    "gc": frozenset({"collect", "enable", "disable"}),
    "gzip": frozenset({"open", "decompress"}),
    "heapq": frozenset(
        "heapify heappop heappush heappushpop heapreplace nlargest nsmallest".split()
    ),
    "itertools": ITERTOOLS,
    "json": frozenset("dump dumps load loads".split()),
    "logging": frozenset(
        "debug info warning warn error exception critical log getLogger basicConfig StreamHandler "
        "FileHandler NullHandler Formatter disable getLevelName CRITICAL ERROR WARNING INFO DEBUG "
        "NOTSET".split()
    ),
    "numpy.typing": frozenset({"NDArray", "ArrayLike"}),
    "numbers": frozenset("Number Real Integral Complex Rational".split()),
    "operator": OPERATOR,
    "os": frozenset(
        "path makedirs mkdir getcwd listdir sep linesep name pardir curdir".split()
    ),
    "os.path": frozenset(
        "join dirname abspath basename exists isfile isdir splitext split normpath sep isabs "
        "realpath relpath pardir curdir".split()
    ),
    "pathlib": frozenset({"Path", "PurePath"}),
    "pprint": frozenset({"pprint", "pformat"}),
    "random": RANDOM,
    "re": frozenset(
        "compile escape findall finditer fullmatch match search split sub subn I IGNORECASE M "
        "MULTILINE S DOTALL X VERBOSE A ASCII U UNICODE".split()
    ),
    "statistics": STATISTICS,
    "string": STRING,
    "struct": frozenset("unpack unpack_from pack calcsize".split()),
    "sys": frozenset(
        "argv exit path stdout stderr maxsize float_info version version_info platform byteorder "
        "setrecursionlimit getrecursionlimit".split()
    ),
    "time": TIME,
    "timeit": frozenset({"default_timer"}),
    "traceback": frozenset({"print_exc"}),
    "types": frozenset({"SimpleNamespace"}),
    "tqdm": TQDM | {"auto", "notebook"},
    "tqdm.auto": TQDM,
    "tqdm.notebook": TQDM,
    "typing": TYPING,
    "warnings": frozenset("filterwarnings simplefilter warn".split()),
    **dict.fromkeys(DRAWING, ANYTHING),
}  # fmt: skip
"""What each module that can be imported offers; numpy and math aside."""

INSTEAD: dict[str, str] = {
    "pandas": "Read the numbers with np.genfromtxt(file, delimiter=',', skip_header=1).",
    "sklearn": "Make the data with np.random, or run these lines once in Python, save what they "
    "give with np.savez('data.npz', X=X, y=y) and read it with np.load('data.npz').",
    "sklearn.metrics": "Write it with numpy: np.mean(predicted == labels) is the accuracy.",
    "sklearn.model_selection": "Divide the rows with numpy: rows = np.random.permutation(len(X)), "
    "then X[rows[:80]] and X[rows[80:]].",
    "sklearn.preprocessing": "Write it with numpy: (X - X.mean(axis=0)) / X.std(axis=0) scales, "
    "np.eye(k)[labels] is one-hot.",
    "scipy": "Write the function with numpy.",
    "scipy.special": "Write the function with numpy: 1 / (1 + np.exp(-x)) for expit.",
    "scipy.stats": "Write the function with numpy; np.random draws from the usual distributions.",
    "scipy.io": "Save the arrays with np.savez beside the script and read them with np.load.",
    "scipy.optimize": "Write the descent as a loop: theta = theta - learning_rate * gradient.",
    "torch": "stepnet opens networks that are written in numpy; it cannot look inside torch.",
    "tensorflow": "stepnet opens networks that are written in numpy; save the data set with "
    "np.savez beside the script and read it with np.load.",
    "keras": "stepnet opens networks that are written in numpy; save the data set with np.savez "
    "beside the script and read it with np.load.",
    "torchvision": "Save the data set with np.savez beside the script and read it with np.load.",
    "jax": "stepnet opens networks that are written in numpy; write `import numpy as np`.",
    "autograd": "Write `import numpy as np`; stepnet derive prints the backward pass.",
    "cupy": "Write `import numpy as np`.",
    "mxnet": "stepnet opens networks that are written in numpy; it cannot look inside mxnet.",
    "theano": "stepnet opens networks that are written in numpy; it cannot look inside theano.",
    "gym": "Write the environment as a class of your own in a file beside the script.",
    "gymnasium": "Write the environment as a class of your own in a file beside the script.",
    "progressbar": "Use tqdm, or the plain range.",
    "six": "Write Python 3: range, input, zip.",
    "past": "Write Python 3: range, input, zip.",
    "cPickle": "A pickle can run any program. Save arrays with np.savez and read them with "
    "np.load.",
    "numba": "Leave the decorator out: stepnet steps the function itself.",
    "pickle": "A pickle can run any program. Save arrays with np.savez and read them with np.load.",
    "joblib": "A pickle can run any program. Save arrays with np.savez and read them with np.load.",
    "dill": "A pickle can run any program. Save arrays with np.savez and read them with np.load.",
    "subprocess": "A script may only compute: no other programs.",
    "multiprocessing": "A script may only compute: no other processes. Use a plain loop.",
    "threading": "A script may only compute: no threads. Use a plain loop.",
    "concurrent": "A script may only compute: no other processes. Use a plain loop.",
    "socket": "A script may only compute: no network. Put the data beside the script.",
    "urllib": "A script may only compute: no network. Put the data beside the script.",
    "requests": "A script may only compute: no network. Put the data beside the script.",
    "ctypes": "A script may only compute: no raw memory.",
    "importlib": "Write import statements.",
    "PIL": "Save the picture as an array with np.save and read it with np.load.",
    "cv2": "Save the picture as an array with np.save and read it with np.load.",
    "imageio": "Save the picture as an array with np.save and read it with np.load.",
    "h5py": "Save the arrays with np.savez and read them with np.load.",
    "plotly": "Draw with matplotlib: its calls are accepted, and not drawn.",
    "bokeh": "Draw with matplotlib: its calls are accepted, and not drawn.",
    "ipywidgets": "Call the function once with the values that you want to look at.",
    "skimage": "Save the picture as an array with np.save and read it with np.load.",
    "shutil": "A script may only compute: what it saves stays in memory.",
    "pdb": "Set a breakpoint in stepnet instead.",
    "google": "Put the data beside the script.",
}
"""Modules that people import and that stay closed, with what to write instead."""

GONE: dict[str, str] = {
    **{name: f"NumPy has it no longer. Write {name}." for name in ("int", "float", "complex")},
    **{name: f"NumPy has it no longer. Write {name}." for name in ("object", "str")},
    "float_": "NumPy has it no longer. Write np.float64.",
    "Inf": "NumPy has it no longer. Write np.inf.",
    "NaN": "NumPy has it no longer. Write np.nan.",
    "product": "NumPy has it no longer. Write np.prod.",
    "complex_": "NumPy has it no longer. Write np.complex128.",
    **dict.fromkeys(("Infinity", "infty", "PINF"), "NumPy has it no longer. Write np.inf."),
    "NINF": "NumPy has it no longer. Write -np.inf.",
    "NAN": "NumPy has it no longer. Write np.nan.",
    "cumproduct": "NumPy has it no longer. Write np.cumprod.",
    "alltrue": "NumPy has it no longer. Write np.all.",
    "sometrue": "NumPy has it no longer. Write np.any.",
    "ma": "Select what is not masked: a[~mask].",
    "frompyfunc": "Write np.vectorize.",
    "nested_iters": "Loop over np.ndindex(a.shape).",
    "asscalar": "NumPy has it no longer. Write x.item().",
    **dict.fromkeys(
        ("mat", "matrix", "asmatrix", "bmat"), "Write np.array, and @ where * multiplies matrices."
    ),
}
"""Names of numpy in older scripts, with what to write instead."""

HABITUAL = frozenset(
    """
    pandas sklearn scipy torch torchvision tensorflow keras jax h5py PIL cv2 imageio skimage sympy
    requests enum plotly bokeh ipywidgets statsmodels
    """.split()
)
"""Modules that stand among the imports by habit: one that nothing uses is left out."""
