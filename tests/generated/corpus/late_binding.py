"""When a function looks a name up: late for what it reads, at once for its defaults."""
late = [lambda x: x + i for i in range(3)]
early = [lambda x, i=i: x + i for i in range(3)]
print([f(10) for f in late])
print([f(10) for f in early])

factor = 2


def scaled(x, by=factor):
    return x * by, x * factor


factor = 5
print(scaled(3))


def collect(x, seen=[]):
    seen.append(x)
    return seen


first = collect(1)
second = collect(2)
third = collect(3, [])
print(first, second, third)
print(first is second)


def make_all():
    made = []
    for k in range(3):
        def show(y=0):
            return k + y
        made.append(show)
    k = 100
    return made


functions = make_all()
print([f() for f in functions], functions[0](5))


def later():
    return helper(3)


def helper(n):
    return n * 2


print(later())


def helper(n):
    return n * 3


print(later())
