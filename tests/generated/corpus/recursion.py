"""Functions that call themselves and one another."""
import numpy as np

depth = 0


def factorial(n):
    return 1 if n <= 1 else n * factorial(n - 1)


def fibonacci(n, known={0: 0, 1: 1}):
    if n not in known:
        known[n] = fibonacci(n - 1) + fibonacci(n - 2)
    return known[n]


def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


def flatten(tree):
    global depth
    flat = []
    depth += 1
    for branch in tree:
        if isinstance(branch, list):
            flat.extend(flatten(branch))
        else:
            flat.append(branch)
    depth -= 1
    print("  " * depth + f"{tree} -> {flat}")
    return flat


def moves(n, start="a", end="c", spare="b"):
    if n == 0:
        return []
    return moves(n - 1, start, spare, end) + [start + end] + moves(n - 1, spare, end, start)


def halve(w, turns):
    if turns == 0:
        return w
    w /= 2
    return halve(w, turns - 1) + halve(np.ones(2), turns - 1)


def down(n):
    if n:
        print(n, end=" ")
        down(n - 1)
        print(-n, end=" ")
    else:
        print("|", end=" ")


print(factorial(6), fibonacci(20), fibonacci(7), even(6), odd(6))
print(flatten([1, [2, [3, []]], [4]]), depth)
print(moves(3))
w = np.array([4.0, 8.0])
print(halve(w, 3), w)
down(3)
print()
