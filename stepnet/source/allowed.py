"""What a script may use: one table for the check before a run and the namespace during it."""

from __future__ import annotations

from stepnet.source.offered import OFFERED, RANDOM

BUILTINS: frozenset[str] = frozenset(
    """
    abs all any ascii bin bool bytes chr complex dict divmod enumerate filter float format frozenset
    hash hex int isinstance issubclass len list map max min oct ord pow print range repr
    reversed round set slice sorted str sum tuple type zip callable id object
    super staticmethod classmethod property
    iter next input open exit quit
    True False None Ellipsis NotImplemented
    ArithmeticError AssertionError AttributeError Exception FloatingPointError IndexError KeyError
    LookupError MemoryError NameError NotImplementedError OverflowError RecursionError RuntimeError
    StopIteration TypeError UnboundLocalError ValueError ZeroDivisionError Warning RuntimeWarning
    UserWarning DeprecationWarning FutureWarning SyntaxWarning OSError IOError FileNotFoundError
    PermissionError FileExistsError EOFError ImportError ModuleNotFoundError AttributeError
    ConnectionError TimeoutError UnicodeDecodeError SystemExit
    hasattr getattr setattr delattr vars
    """.split()
)
"""Builtins that compute and cannot reach the interpreter. ``type`` takes one argument."""

GLOBALS: frozenset[str] = frozenset({"__name__", "__file__", "__doc__"})
"""Names with underscores that a script may read."""

ABOUT: frozenset[str] = frozenset(
    f"__{name}__"
    for name in """
    all author authors contact copyright credits date deprecated email license maintainer status
    title url version
    """.split()
)
"""Names with underscores by which a file tells of itself."""

MATH: frozenset[str] = frozenset(
    """
    acos acosh asin asinh atan atan2 atanh cbrt ceil comb copysign cos cosh degrees dist e erf
    erfc exp exp2 expm1 fabs factorial floor fmod frexp fsum gamma gcd hypot inf isclose isfinite
    isinf isnan isqrt lcm ldexp lgamma log log10 log1p log2 modf nan perm pi pow prod radians
    remainder sin sinh sqrt tan tanh tau trunc
    """.split()
)

NUMPY: frozenset[str] = frozenset(
    """
    abs absolute add all allclose amax amin angle any append apply_along_axis apply_over_axes arange
    arccos arccosh arcsin arcsinh arctan arctan2 arctanh argmax argmin argpartition argsort argwhere
    around array array2string array_equal array_equiv array_repr array_split array_str asanyarray
    asarray ascontiguousarray asfortranarray astype atleast_1d atleast_2d atleast_3d average
    bincount bitwise_and bitwise_not bitwise_or bitwise_xor block bool bool_ broadcast_arrays
    broadcast_shapes broadcast_to c_ can_cast cbrt ceil choose clip column_stack complex128
    complex64 compress concatenate conj conjugate convolve copy copysign copyto corrcoef correlate
    cos cosh count_nonzero cov cross cumprod cumsum deg2rad degrees delete diag diag_indices
    diag_indices_from diagflat diagonal diff digitize divide divmod dot double dsplit dstack dtype
    e ediff1d einsum einsum_path empty empty_like equal errstate euler_gamma exp exp2 expand_dims
    expm1 extract eye fabs fill_diagonal finfo fix flatnonzero flip fliplr flipud float16 float32
    float64 float_power floating floor floor_divide fmax fmin fmod frexp full full_like gcd
    frombuffer genfromtxt geomspace gradient greater greater_equal heaviside histogram histogram2d
    hsplit
    hstack hypot i0 identity iinfo in1d indices inexact inf inner insert int16 int32 int64 int8
    int_ integer interp intersect1d intp invert isclose isfinite isin isinf isnan isneginf isposinf
    isreal isscalar issubdtype ix_ kron lcm ldexp less less_equal lexsort linspace load loadtxt log
    log10 log1p log2 logaddexp logaddexp2 logical_and logical_not logical_or logical_xor logspace
    longdouble mask_indices matmul matrix_transpose max maximum may_share_memory mean median
    meshgrid mgrid min minimum mod modf moveaxis multiply nan nan_to_num nanargmax nanargmin
    nancumprod nancumsum nanmax nanmean nanmedian nanmin nanpercentile nanprod nanquantile nanstd
    nansum nanvar ndarray ndenumerate ndim ndindex negative newaxis nextafter nonzero not_equal
    number ogrid ones ones_like outer pad partition percentile pi piecewise place poly1d polyfit
    polyval positive power printoptions prod product promote_types ptp put putmask quantile r_
    rad2deg radians ravel ravel_multi_index real reciprocal remainder repeat reshape resize
    result_type rint roll rollaxis rot90 round round_ row_stack save savetxt savez
    savez_compressed searchsorted select seterr
    set_printoptions setdiff1d setxor1d shape shares_memory sign signbit signedinteger sin sinc
    single sinh size sort spacing split sqrt square squeeze stack std str_ subtract sum swapaxes
    take take_along_axis tan tanh tensordot tile trace transpose trapezoid trapz tri tril
    tril_indices tril_indices_from triu triu_indices triu_indices_from true_divide trunc uint16
    uint32 uint64 uint8 unique unravel_index unsignedinteger unwrap vander var vdot vectorize
    vsplit vstack where zeros zeros_like
    acos acosh asin asinh atan atan2 atanh pow bartlett blackman hamming hanning kaiser base_repr
    binary_repr bitwise_count bitwise_invert bitwise_left_shift bitwise_right_shift left_shift
    right_shift byte ubyte short ushort intc uintc uint long ulong longlong ulonglong bytes_ cdouble
    csingle clongdouble complexfloating character generic flexible half common_type concat
    cumulative_prod cumulative_sum datetime64 timedelta64 datetime_as_string object_
    format_float_positional format_float_scientific fromfunction fromiter fromstring geterr
    get_printoptions histogram_bin_edges histogramdd imag index_exp iscomplex iscomplexobj isdtype
    isfortran isnat isrealobj iterable matvec min_scalar_type nditer packbits unpackbits
    permute_dims poly polyadd polyder polydiv polyint polymul polysub put_along_axis real_if_close
    require roots s_ sort_complex trim_zeros typename union1d unique_all unique_counts
    unique_inverse unique_values unstack vecdot vecmat True_ False_ __version__
    """.split()
)
"""Functions, types and constants of numpy that compute."""

NUMPY_LINALG: frozenset[str] = frozenset(
    """
    cholesky cond det eig eigh eigvals eigvalsh inv lstsq LinAlgError matrix_norm matrix_power
    matrix_rank multi_dot norm pinv qr slogdet solve svd tensorinv tensorsolve vector_norm
    cross diagonal matmul matrix_transpose outer svdvals tensordot trace vecdot
    """.split()
)

NUMPY_DRAWS: frozenset[str] = frozenset(
    """
    beta binomial bytes chisquare choice dirichlet exponential f gamma geometric gumbel
    hypergeometric integers laplace logistic lognormal logseries multinomial multivariate_normal
    negative_binomial noncentral_chisquare noncentral_f normal pareto permutation permuted poisson
    power rand randint randn random random_integers random_sample ranf rayleigh sample shuffle
    standard_cauchy standard_exponential standard_gamma standard_normal standard_t triangular
    uniform vonmises wald weibull zipf
    """.split()
)
"""Methods of numpy's generators that advance their state."""

RANDOM_DRAWS = NUMPY_DRAWS | RANDOM - {"Random", "seed", "getstate", "setstate"}
"""The same of any generator, numpy's or Python's."""

NUMPY_RANDOM: frozenset[str] = NUMPY_DRAWS | frozenset(
    {
        "seed",
        "get_state",
        "set_state",
        "default_rng",
        "RandomState",
        "Generator",
        "PCG64",
        "PCG64DXSM",
        "MT19937",
        "Philox",
        "SFC64",
        "SeedSequence",
    }
)

NUMPY_FFT: frozenset[str] = frozenset(
    """
    fft fft2 fftfreq fftn fftshift hfft ifft ifft2 ifftn ifftshift ihfft irfft irfft2 irfftn rfft
    rfft2 rfftfreq rfftn
    """.split()
)

NUMPY_TESTING: frozenset[str] = frozenset(
    """
    assert_ assert_allclose assert_almost_equal assert_approx_equal assert_array_almost_equal
    assert_array_equal assert_array_less assert_equal
    """.split()
)

MODULES: dict[str, frozenset[str]] = {
    "numpy": NUMPY | {"random", "linalg", "fft", "testing", "lib"},
    "numpy.random": NUMPY_RANDOM,
    "numpy.linalg": NUMPY_LINALG,
    "numpy.fft": NUMPY_FFT,
    "numpy.testing": NUMPY_TESTING,
    "numpy.lib": frozenset({"stride_tricks"}),
    "numpy.lib.stride_tricks": frozenset({"as_strided", "sliding_window_view"}),
    "math": MATH,
    **OFFERED,
}
"""What each module that can be imported offers."""

FORBIDDEN_ATTRIBUTES: frozenset[str] = frozenset(
    """
    tofile dump dumps ctypes data setflags resize newbyteorder mro format_map
    gi_frame gi_code gi_yieldfrom gi_running cr_frame cr_code cr_await cr_origin ag_frame ag_code
    ag_await f_back f_builtins f_code f_globals f_lasti f_lineno f_locals f_trace tb_frame tb_next
    tb_lasti tb_lineno co_code co_consts co_names with_traceback
    cffi capsule random_raw advance jumped spawn obj lock parser
    """.split()
)
"""Public attributes that reach files, buffers, frames or code."""

REINTERPRETING: frozenset[str] = frozenset({"dtype", "strides"})
"""Attributes whose assignment makes other numbers of an array's bytes."""

FREE_ATTRIBUTES: frozenset[str] = frozenset(
    {"__name__", "__qualname__", "__doc__", "_replace", "_asdict", "_fields", "__cause__"}
)
"""Attributes with underscores that only tell."""
