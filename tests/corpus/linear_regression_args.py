#!/usr/bin/env python
from __future__ import print_function
import argparse
import sys
import time
import numpy as np

def parse():
    parser = argparse.ArgumentParser(description='linear regression')
    parser.add_argument('--lr', type=float, default=0.05, help='learning rate')
    parser.add_argument('--epochs', '-e', type=int, default=30)
    parser.add_argument('--verbose', action='store_true')
    return parser.parse_args()

def main(args):
    start = time.time()
    np.random.seed(0)
    x = np.linspace(0, 1, 15).reshape(-1, 1)
    y = 3 * x + 2 + np.random.normal(0, .05, x.shape)
    theta = np.zeros((2, 1))
    Xb = np.hstack([np.ones_like(x), x])
    for epoch in range(args.epochs):
        residual = Xb.dot(theta) - y
        J = (residual ** 2).sum() / (2 * len(y))
        gradient = Xb.T.dot(residual) / len(y)
        theta = theta - args.lr * gradient
        sys.stdout.write('\repoch {}/{} J={:.5f}'.format(epoch + 1, args.epochs, J))
        sys.stdout.flush()
    elapsed = time.time() - start
    print('\n', theta.ravel().tolist(), elapsed >= 0)
    return 0

if __name__ == '__main__':
    main(parse())
