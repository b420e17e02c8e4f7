"""How things print: print's own options, and numbers in every format."""
import numpy as np

print()
print("a", 1, 2.0, None, True, [1.5, "x"], (1,), {"k": [2]})
print("a", "b", sep="")
print("a", "b", sep="\n", end="<end>\n")
print("no newline", end="")
print(" and on", end=" | ")
print(*[1, 2, 3], sep=", ", flush=True)
print(*"abc", sep="-")
print(print("inner"), end="\n\n")

x = 2 / 3
n = 1234567
print(f"{x} {x:.2f} {x:10.3f} {x:<10.3f}| {x:^10.1%} {x:+.0e} {x:g} {n:,} {n:>10} {n:010d}")
print(f"{x!r:>25} {'σ':*^7} {n:x} {n:b} {n:e} {-0.0} {1e16} {1e-5} {1e22} {0.1 + 0.2}")
width, digits = 12, 3
print(f"{x:{width}.{digits}f}|{'a' if x < 1 else 'b'}|{ {'k': n}['k'] }|{[i for i in range(3)]}")
print(f"{{literal}} {n = } {x = :.2f}")
print("%d %5.2f %s %r %e %g %% %05d %+d %x" % (n, x, "s", "r", x, x, 42, 7, 255))
print("%s" % x, "%s and %s" % ("a", [1]), "%-6s|" % "ab", "%(w).1f" % {"w": x})
print("{} {1:.3f} {0!r}".replace("{}", "{0}").format("a", x), "{:>8}{:<4}|".format("b", 5))
print(str(1.0), repr("q'uote"), str([0.1, 1e100]), round(2.5), round(3.5), round(x, 3))
print(float("inf"), -float("inf"), float("nan"), 10 ** 20, 7 // -2, -7 % 3, 2 ** -1)

print(np.float64(x), np.float32(x), np.int64(3), [np.float64(x)], np.float64("nan"))
print(np.array([1.0, 2.5, -3.125]), np.array([1e-10, 1.0]), np.array([1, 20, 300]))
print(np.array([[x, 1], [1000, -1e-3]]))
print(np.array([True, False]), np.array([]), np.zeros((0, 3)), np.array(3.0))
print(np.array([[x]], dtype=np.float32), np.arange(2000).sum(), np.arange(2000))
print(f"{np.float64(x):.3f} {np.array([x])} {np.mean([1, 2]):8.4f} {np.float32(0.1)!r}")
print(repr(np.eye(2)), repr(np.arange(3, dtype=np.float32)), sep="\n")

line = ""
for i in range(3):
    line += f"{i}:{i ** 0.5:.1f}" + (", " if i < 2 else ".")
print(line, line.upper(), line.split(", "), ", ".join(str(i) for i in range(3)), line[::-1])
print("-" * 20 + "\n" + "tab\tstop \\ 'single' \"double\" ∂E/∂w")
