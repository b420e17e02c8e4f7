"""Every way of giving a function its arguments, and functions that keep a state."""


def show(a, b=2, *args, c, d=4, **more):
    return [a, b, args, c, d, sorted(more.items())]


print(show(1, c=3))
print(show(1, 5, 6, 7, c=3, e=9))
print(show(c=0, a=1))
print(show(*[1, 2, 3], **{"c": 4, "d": 5}, f=6))
print(show(*range(2), *"xy", c=show(9, c=8)))


def counter(start=0):
    count = start
    history = []

    def step(by=1):
        nonlocal count
        count += by
        history.append(count)
        return count

    def reset():
        nonlocal count
        count, old = start, count
        return old, history

    return step, reset


step, reset = counter(10)
other, _ = counter()
print(step(), step(5), step(by=-1), other(), other())
print(reset(), step(), reset()[1] is reset()[1])


def compose(*functions):
    def composed(x):
        for function in functions:
            x = function(x)
        return x
    return composed


def outer():
    level = "outer"

    def middle():
        def inner():
            nonlocal level
            level += " inner"
            return level
        return inner() + "!"

    return middle(), level


def twice(f, x, *args, **options):
    return f(f(x, *args, **options), *args, **options)


print(compose(lambda x: x + 1, abs, str)(-5), compose()(3))
print(outer())
print(twice(lambda x, y, scale=1: (x + y) * scale, 1, 2, scale=3))
print(twice(step, 1), (lambda *a, **k: (a, k))(1, *(2,), z=3))
first, *rest = show(1, c=2)
(p, q), r = (rest[0], first), rest[-1]
*most, last = "abc"
print(first, rest, p, q, r, most, last)
a, b = 1, 2
a, b = b, a + b
print(a, b, max(*[3, 9, 4]), max([3, 9, 4], key=lambda v: -v))
