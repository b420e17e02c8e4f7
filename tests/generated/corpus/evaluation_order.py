"""In which order the parts of a statement are evaluated: every call says its name."""
import numpy as np

trail = []


def f(x):
    trail.append(f"f({x})")
    return x


def g(x):
    trail.append(f"g({x})")
    return x


def h(x):
    trail.append(f"h({x})")
    return x


def tell(label):
    print(label, " ".join(trail))
    trail.clear()


y = f(1) + g(2) * h(3)
tell(f"{y} sum")
y = f(2) ** g(1) ** h(2) - -f(1)
tell(f"{y} power")
y = f(g(1) + h(f(2)))
tell(f"{y} nested")

a = [0, 0, 0]
a[f(1)] = g(5)                   # the value first, then where it goes
tell(f"{a} store")
a[f(1)] += g(2)                  # where first, then the value
tell(f"{a} augmented")
d = {}
d[f("k")], x = g(1), h(2)        # values from left to right, then targets
tell(f"{d} {x} unpacked")
a[f(0)] = a[g(2)] = h(9)         # value, then targets from the left
tell(f"{a} chained")
i = 0
i, a[i] = 1, f(8)                # i is 1 by the time a[i] is stored
tell(f"{i} {a} target uses target")

m = np.zeros((2, 2))
m[f(0), g(1)] = h(4)
tell(f"{m.tolist()} matrix")
m[f(0)][g(1)] += h(1)
tell(f"{m.tolist()} nested index")
m[f(0):g(1), h(0)] *= f(2)
tell(f"{m.tolist()} slice")


def keyword(*args, one=0, two=0, **more):
    return len(args) + one + two


y = keyword(f(1), *[g(2), h(3)], two=f(4), one=g(5), **{"z": h(6)})
tell(f"{y} arguments")
y = {f("a"): g(1), h("b"): f(2)}
tell(f"{y} dict")
y = [f(1), g(2)][h(0)]
tell(f"{y} item")
y = (f(1), [g(2), {h(3)}], f"{f(4)}-{g(5)}")
tell(f"{y} displays")
y = f(1) if g(0) else h(3)
tell(f"{y} conditional")
y = [f(p) + g(q) for p in (1, 2) if h(p) for q in range(p)]
tell(f"{y} comprehension")
y = (lambda p, q=f(1): p + q)(g(2))
tell(f"{y} lambda")
print(f(1), g(2), sep=h(", "))
tell("print")
del a[f(0)], d[g("k")]
tell(f"{a} {d} deleted")
