"""Products, sums and transposes put together as a person writes them.

Constants come first and are multiplied out (``2 * g * x``), divisors are gathered
(``g / (x * np.log(2))``), a minus sign turns a difference around (``y_hat - y``), a transpose of
a transpose is gone. What stands inside the script's own expressions is left alone.
"""

from __future__ import annotations

import ast
import math
from dataclasses import dataclass, field


@dataclass(eq=False)
class Product:
    """Constants, what is multiplied with them, and what divides them."""

    top: int = 1
    bottom: int = 1
    decimal: float = 1.0
    """Decimal numbers are kept apart: 0.5 stays 0.5, and 1 / 2 stays a division."""
    above: list[ast.expr] = field(default_factory=list)
    below: list[ast.expr] = field(default_factory=list)

    @property
    def constant(self) -> float:
        """All constants together."""
        return tidy(self.decimal * self.top / self.bottom)

    def multiply(self, node: ast.expr, *, divide: bool = False) -> None:
        """Take a factor in, or a divisor."""
        match node:
            case ast.BinOp(left, ast.Mult(), right):
                self.multiply(left, divide=divide)
                self.multiply(right, divide=divide)
            case ast.BinOp(left, ast.Div(), right):
                self.multiply(left, divide=divide)
                self.multiply(right, divide=not divide)
            case ast.UnaryOp(ast.USub(), operand):
                self.top = -self.top
                self.multiply(operand, divide=divide)
            case ast.Constant(value=int() | float() as value) if _is_number(value) and (
                value or not divide
            ):
                self._number(value, divide=divide)
            case _:
                (self.below if divide else self.above).append(node)

    def _number(self, value: float, *, divide: bool) -> None:
        if value != int(value):
            self.decimal = self.decimal / value if divide else self.decimal * value
        elif divide:
            self.bottom *= int(value)
        else:
            self.top *= int(value)

    def written(self) -> ast.expr:
        """The product as one expression."""
        above, below = list(self.above), list(self.below)
        negative = self.constant < 0 and not _turn(above)
        if self.decimal == 1:
            shared = math.gcd(self.top, self.bottom)
            first: float = abs(self.top // shared)
            under = abs(self.bottom // shared)
        else:
            first, under = abs(self.constant), 1
        if first != 1 or not above:
            above.insert(0, number(-first if negative else first))
        elif negative:
            above[0] = ast.UnaryOp(ast.USub(), above[0])
        if under != 1:
            below.insert(0, ast.Constant(under))
        return _chain(above) if not below else ast.BinOp(_chain(above), ast.Div(), _chain(below))


def times(left: ast.expr, right: ast.expr) -> ast.expr:
    """The product of two expressions."""
    product = Product()
    product.multiply(left)
    product.multiply(right)
    return product.written()


def over(left: ast.expr, right: ast.expr) -> ast.expr:
    """The quotient of two expressions."""
    product = Product()
    product.multiply(left)
    product.multiply(right, divide=True)
    return product.written()


def negative(node: ast.expr) -> ast.expr:
    """An expression with the other sign."""
    product = Product(top=-1)
    product.multiply(node)
    return product.written()


def plus(left: ast.expr, right: ast.expr) -> ast.expr:
    """The sum of two expressions."""
    if _is(left, 0):
        return right
    if _is(right, 0):
        return left
    turned = _without_sign(right)
    if turned is not None:
        return ast.BinOp(left, ast.Sub(), turned)
    turned = _without_sign(left)
    if turned is not None:
        return ast.BinOp(right, ast.Sub(), turned)
    return ast.BinOp(left, ast.Add(), right)


def minus(left: ast.expr, right: ast.expr) -> ast.expr:
    """The difference of two expressions."""
    if _is(right, 0):
        return left
    if _is(left, 0):
        return negative(right)
    turned = _without_sign(right)
    if turned is not None:
        return ast.BinOp(left, ast.Add(), turned)
    return ast.BinOp(left, ast.Sub(), right)


def power(base: ast.expr, exponent: ast.expr) -> ast.expr:
    """One expression to the power of another."""
    return base if _is(exponent, 1) else ast.BinOp(base, ast.Pow(), exponent)


def transposed(node: ast.expr) -> ast.expr:
    """The transpose; of a transpose, what it was made from."""
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return node.value
    return ast.Attribute(node, "T", ast.Load())


def swapped(node: ast.expr, axes: list[ast.expr]) -> ast.expr:
    """Two axes swapped; of axes that were swapped already, what it was made from."""
    match node:
        case ast.Call(ast.Attribute(value, "swapaxes"), before, []) if {
            ast.unparse(axis) for axis in before
        } == {ast.unparse(axis) for axis in axes}:
            return value
    return ast.Call(ast.Attribute(node, "swapaxes", ast.Load()), axes, [])


def number(value: float) -> ast.expr:
    """A constant as it is written."""
    whole = int(value) if value == int(value) else value
    constant = ast.Constant(abs(whole))
    return ast.UnaryOp(ast.USub(), constant) if value < 0 else constant


def tidy(value: float) -> float:
    """A number without the dust of binary fractions: 0.1 · 3 is 0.3."""
    return float(f"{value:.12g}")


def _is_number(value: float) -> bool:
    return not isinstance(value, bool) and value - value == 0


def _is(node: ast.expr, value: int) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
        and node.value == value
    )


def _turn(factors: list[ast.expr]) -> bool:
    """Take a minus sign up by turning a difference around: −(y − ŷ) is ŷ − y."""
    for place, factor in enumerate(factors):
        if isinstance(factor, ast.BinOp) and isinstance(factor.op, ast.Sub):
            if isinstance(factor.left, ast.Constant):
                continue
            factors[place] = ast.BinOp(factor.right, ast.Sub(), factor.left)
            return True
    return False


def _without_sign(node: ast.expr) -> ast.expr | None:
    """The same without its minus sign, if it has one in front."""
    product = Product()
    product.multiply(node)
    if product.constant >= 0:
        return None
    product.top = -product.top
    return product.written()


def _chain(factors: list[ast.expr]) -> ast.expr:
    product, *others = factors
    for factor in others:
        product = ast.BinOp(product, ast.Mult(), factor)
    return product
