"""Two hidden neurons and one output, every weight a number of its own; no loss is computed."""

import numpy as np


def squash(v):
    return 1 / (1 + np.exp(-v))


def slope(v):
    s = squash(v)
    return s * (1 - s)


class Net:
    def __init__(self):
        self.u1, self.u2, self.u3 = 0.4, -0.7, 0.9
        self.u4, self.u5, self.u6 = -0.3, 0.8, 0.5
        self.c1, self.c2, self.c3 = 0.1, -0.2, 0.3

    def fit(self, rows, answers, rate):
        for epoch in range(3):
            for row, answer in zip(rows, answers):
                in_a = self.u1 * row[0] + self.u2 * row[1] + self.c1
                a = squash(in_a)
                in_b = self.u3 * row[0] + self.u4 * row[1] + self.c2
                b = squash(in_b)
                in_o = self.u5 * a + self.u6 * b + self.c3
                o = squash(in_o)
                guess = o

                d_L_d_guess = -2 * (answer - guess)
                d_guess_d_u5 = a * slope(in_o)
                d_guess_d_u6 = b * slope(in_o)
                d_guess_d_c3 = slope(in_o)
                d_guess_d_a = self.u5 * slope(in_o)
                d_guess_d_b = self.u6 * slope(in_o)
                d_a_d_u1 = row[0] * slope(in_a)
                d_a_d_u2 = row[1] * slope(in_a)
                d_a_d_c1 = slope(in_a)
                d_b_d_u3 = row[0] * slope(in_b)
                d_b_d_u4 = row[1] * slope(in_b)
                d_b_d_c2 = slope(in_b)

                self.u1 -= rate * d_L_d_guess * d_guess_d_a * d_a_d_u1
                self.u2 -= rate * d_L_d_guess * d_guess_d_a * d_a_d_u2
                self.c1 -= rate * d_L_d_guess * d_guess_d_a * d_a_d_c1
                self.u3 -= rate * d_L_d_guess * d_guess_d_b * d_b_d_u3
                self.u4 -= rate * d_L_d_guess * d_guess_d_b * d_b_d_u4
                self.c2 -= rate * d_L_d_guess * d_guess_d_b * d_b_d_c2
                self.u5 -= rate * d_L_d_guess * d_guess_d_u5
                self.u6 -= rate * d_L_d_guess * d_guess_d_u6
                self.c3 -= rate * d_L_d_guess * d_guess_d_c3


rows = np.array([[-2, -1], [25, 6], [17, 4], [-15, -6]])
Net().fit(rows, np.array([1, 0, 0, 1]), 0.1)
