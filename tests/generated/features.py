"""What the generated scripts have to contain, feature by feature, and how to see it in a script."""

import ast
import re
from collections.abc import Callable

Nodes = list[ast.AST]
Has = Callable[[str, Nodes], bool]


def node(*kinds: type[ast.AST]) -> Has:
    """A node of one of these kinds."""
    return lambda source, nodes: any(isinstance(each, kinds) for each in nodes)


def where(test: Callable[[ast.AST], bool]) -> Has:
    """A node for which this holds."""
    return lambda source, nodes: any(test(each) for each in nodes)


def text(pattern: str) -> Has:
    """A piece of source that matches."""
    compiled = re.compile(pattern, re.MULTILINE)
    return lambda source, nodes: compiled.search(source) is not None


def assigns(*kinds: type[ast.expr]) -> Has:
    """An assignment to a target of one of these kinds."""
    return where(
        lambda each: (
            isinstance(each, ast.Assign)
            and any(isinstance(target, kinds) for target in each.targets)
        )
    )


def augments(*kinds: type[ast.expr]) -> Has:
    """An augmented assignment to a target of one of these kinds."""
    return where(lambda each: isinstance(each, ast.AugAssign) and isinstance(each.target, kinds))


def loops(over: str) -> Has:
    """A for statement over a call of this function."""
    return text(rf"^ *for .* in {over}\(")


def calls_own(each: ast.AST) -> bool:
    """Whether a function of the script is called here."""
    return isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and _own(each.func.id)


def _own(name: str) -> bool:
    return re.fullmatch(r"(fn|again|make|keep|apply|update|f)\d+", name) is not None


def within(kind: type[ast.AST] | tuple[type[ast.AST], ...], test: Callable[[ast.AST], bool]) -> Has:
    """A node of this kind with one inside it for which this holds."""
    return where(
        lambda each: (
            isinstance(each, kind)
            and any(test(inner) for inner in ast.walk(each) if inner is not each)
        )
    )


def _nested_call(each: ast.AST) -> bool:
    return calls_own(each) and any(
        calls_own(inner) for inner in ast.walk(each) if inner is not each
    )


def _method(*names: str) -> Has:
    """A call of one of these methods or functions of a module."""
    return where(
        lambda each: (
            isinstance(each, ast.Call)
            and isinstance(each.func, ast.Attribute)
            and each.func.attr in names
        )
    )


COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)

FEATURES: dict[str, Has] = {
    "chained assignment": where(lambda e: isinstance(e, ast.Assign) and len(e.targets) > 1),
    "tuple unpacking": assigns(ast.Tuple, ast.List),
    "nested unpacking": where(
        lambda e: (
            isinstance(e, ast.Assign)
            and isinstance(e.targets[0], ast.Tuple)
            and isinstance(e.targets[0].elts[0], ast.Tuple)
        )
    ),
    "starred target": within(ast.Assign, lambda e: isinstance(e, ast.Starred)),
    "swap": text(r"^ *(\w+), (\w+) = \2, \1$"),
    "store to an item": assigns(ast.Subscript),
    "store to a slice": where(
        lambda e: (
            isinstance(e, ast.Subscript)
            and isinstance(e.ctx, ast.Store)
            and isinstance(e.slice, ast.Slice)
        )
    ),
    "store through a mask": text(r"^ *\w+\[[^\]=]* (>|<|==) [^\]]*\] = "),
    "augmented store through a mask": text(r"^ *\w+\[\w+ (>|<|==) [\d.e-]+\] [-+*/%]= "),
    "augmented name": augments(ast.Name),
    "augmented item": augments(ast.Subscript),
    "for over a range": loops("range"),
    "for over enumerate": loops("enumerate"),
    "for over zip": loops("zip"),
    "for over map": loops("map"),
    "for over filter": loops("filter"),
    "for over reversed": loops("reversed"),
    "for over np.ndenumerate": loops("np.ndenumerate"),
    "for over the items of a dict": text(r"^ *for \w+, \w+ in \w+\.items\(\):"),
    "for over the values of a dict": text(r"^ *for \w+ in \w+\.values\(\):"),
    "for over a list or rows": text(r"^ *for \w+ in \w+:"),
    "for over columns": text(r"^ *for \w+ in \w+\.T:"),
    "for with nested targets": text(r"^ *for \w+, \(\w+, \w+\) in enumerate\(zip\("),
    "for with else": where(lambda e: isinstance(e, ast.For) and bool(e.orelse)),
    "while with else": where(lambda e: isinstance(e, ast.While) and bool(e.orelse)),
    "while true": text(r"^ *while True:"),
    "while counting down": text(r"^ *while (turn|left|steps)\d+:"),
    "break": node(ast.Break),
    "continue": node(ast.Continue),
    "elif": text(r"^ *elif "),
    "else": text(r"^ *else:"),
    "conditional expression": node(ast.IfExp),
    "and, or": node(ast.BoolOp),
    "chained comparison": where(lambda e: isinstance(e, ast.Compare) and len(e.ops) > 1),
    "is": where(lambda e: isinstance(e, ast.Compare) and isinstance(e.ops[0], ast.Is)),
    "in": where(lambda e: isinstance(e, ast.Compare) and isinstance(e.ops[0], ast.In)),
    "list comprehension": node(ast.ListComp),
    "dict comprehension": node(ast.DictComp),
    "set comprehension": node(ast.SetComp),
    "nested comprehension clauses": where(
        lambda e: isinstance(e, COMPREHENSIONS) and len(e.generators) > 1
    ),
    "comprehension with a condition": where(
        lambda e: isinstance(e, ast.comprehension) and bool(e.ifs)
    ),
    "generator expression in sum": text(r"sum\((?!\[).* for \w+"),
    "generator expression in max or min": text(r"(max|min)\(\(?.* for \w+"),
    "generator expression in any or all": text(r"(any|all)\(.* for \w+"),
    "generator expression in list": text(r"list\(.* for \w+"),
    "call within a comprehension": within(COMPREHENSIONS, calls_own),
    "lambda within a comprehension": text(r"\[lambda .* for \w+ in"),
    "call within a condition": within((ast.If, ast.While), calls_own),
    "call within a call": where(_nested_call),
    "two calls in one statement": where(
        lambda e: isinstance(e, ast.Assign) and sum(map(calls_own, ast.walk(e.value))) > 1
    ),
    "function": node(ast.FunctionDef),
    "function within a function": within(ast.FunctionDef, lambda e: isinstance(e, ast.FunctionDef)),
    "docstring of a function": text(r'^ +"""What it does'),
    "default": where(lambda e: isinstance(e, ast.arguments) and bool(e.defaults)),
    "mutable default": text(r"seen=\[\]"),
    "keyword-only parameter": where(lambda e: isinstance(e, ast.arguments) and bool(e.kwonlyargs)),
    "*args": where(lambda e: isinstance(e, ast.arguments) and e.vararg is not None),
    "**kwargs": where(lambda e: isinstance(e, ast.arguments) and e.kwarg is not None),
    "keyword argument": where(lambda e: calls_own(e) and bool(getattr(e, "keywords", []))),
    "unpacked argument": where(
        lambda e: isinstance(e, ast.Call) and any(isinstance(a, ast.Starred) for a in e.args)
    ),
    "unpacked keywords": text(r'\*\*\{"scale": 3\}'),
    "early return": text(r"^ +if .*:\n +return"),
    "recursion": text(r"again\d+\(n - 1, "),
    "nonlocal": node(ast.Nonlocal),
    "global": node(ast.Global),
    "closure made by a function": text(r"^ +return (step|inner)$"),
    "function as an argument": text(r"apply\d+\((fn=)?(fn|f|again|keep|update)\d+\b"),
    "lambda as an argument": text(r"apply\d+\((fn=)?lambda"),
    "lambda with a name": text(r"^ *f\d+ = lambda"),
    "list of lambdas": text(r"^ *f\d+ = \[lambda"),
    "dict of lambdas": text(r"^ *f\d+ = \{\"add\": lambda"),
    "print with sep": text(r"print\(.*sep="),
    "print with end": text(r"print\(.*end="),
    "print of an unpacked list": text(r"print\(\*\["),
    "f-string": node(ast.JoinedStr),
    "f-string with a format": text(r"\{[^{}]*:\.3f\}"),
    "percent formatting": text(r'"%s %5\.2f" % '),
    "str.format": _method("format"),
    "del of a name": text(r"^ *del \w+$"),
    "del of an item": text(r"^ *del \w+\["),
    "append": _method("append"),
    "pop": _method("pop"),
    "extend": _method("extend"),
    "insert": _method("insert"),
    "sort of a list by a key": text(r"\.sort\(key=lambda"),
    "sorted by a key": text(r"sorted\(\w+, key=lambda"),
    "reverse": _method("reverse"),
    "update": _method("update"),
    "setdefault": _method("setdefault"),
    "add to a set": _method("add", "discard", "intersection_update"),
    "list of arrays": text(r"^ *\w+ = \[(np\.|\w+ @ )"),
    "dict of arrays": text(r"^ *\w+ = \{.*: np\."),
    "alias": text(r"^ *[a-z]+ = [a-z]+$"),
    "view by a slice": text(r"^ *\w+ = \w+\[(1:|::2|::-1)\]$"),
    "view by .T": text(r"^ *\w+ = \w+\.T$"),
    "view by reshape": text(r"^ *\w+ = \w+\.reshape\(-1\)$"),
    "sort of an array in place": text(r"\.sort\(axis=0\)"),
    "fill": _method("fill"),
    "out=": text(r"out=\w+\)"),
    "np.fill_diagonal": _method("fill_diagonal"),
    "np.copyto": _method("copyto"),
    "store through flat": text(r"\.flat\[[^\]]*\] [-+*/%]?="),
    "legacy generator": text(r"np\.random\.(rand|randn|random|randint|normal)\("),
    "new generator": text(r"rng\.(normal|random|uniform|integers)\("),
    "shuffle": _method("shuffle"),
    "permutation": _method("permutation"),
    "seed anew": text(r"(?s)np\.random\.seed.*np\.random\.seed"),
    "float32": text("np.float32"),
    "integer array": text("dtype=int"),
    "mask": text("dtype=bool"),
    "infinity and NaN": text(r"np\.(inf|nan)"),
    "np.copy": _method("copy"),
    "deepcopy": _method("deepcopy"),
    "matrix product": where(lambda e: isinstance(e, ast.MatMult)),
    "string building": text(r'^ *\w+ \+= .*"'),
    "comment": text("# %% update"),
    "class": node(ast.ClassDef),
    "class based on another": text(r"^class \w+\(Base\d+\):"),
    "attribute stored": assigns(ast.Attribute),
    "attribute augmented": augments(ast.Attribute),
    "method called": text(r"thing\d+\.do\d+\("),
    "private method": text(r"self\.__do\d+\("),
    "property": text("@property"),
    "static method": text("@staticmethod"),
    "operator of its own": text("def __add__"),
    "generator": node(ast.Yield),
    "generator in a loop": loops(r"each\d+"),
    "generator that is kept": text(r"^ *kept\d+ = "),
    "try": node(ast.Try),
    "finally": where(lambda e: isinstance(e, ast.Try) and bool(e.finalbody)),
    "with": node(ast.With),
}
