"""What the benchmarks and their floors both call and read."""

from array import array
from itertools import repeat


def nothing():
    return None


def increment(number):
    return number + 1


def same(value):
    return value


class Holder:
    def __init__(self):
        self.x = 42


holder = Holder()
numbers = [n * 7 for n in range(100_000)]
table = {str(n): float(n) for n in range(10_000)}
columns = {
    "id": array("q", range(100_000)),
    "score": array("d", map(float, range(100_000))),
    "name": [f"name {n}" for n in range(100_000)],
}
make = object


def fail(depth=4):
    if depth == 0:
        raise ValueError("bad value 7")
    fail(depth - 1)


def loop(function, times):
    for _ in repeat(None, times):
        function()
    return times


def loop_long(function, times):
    for _ in repeat(None, times):
        function(-5)
    return times


def loop_length(builder, times):
    for _ in repeat(None, times):
        builder.length()
    return times


def loop_sum(elements, times):
    for _ in repeat(None, times):
        sum(elements)
    return times


def loop_parse(parse, times):
    for _ in repeat(None, times):
        parse("12")
    return times
