import numpy as np
from collections import defaultdict

def rosenbrock_like(w):
    return np.sum((w - 3.0) ** 2) + 0.1 * np.sum(w ** 4)

def grad(w):
    return 2 * (w - 3.0) + 0.4 * w ** 3

def sgd(w, dw, config=None):
    if config is None: config = {}
    config.setdefault('learning_rate', 1e-2)
    w = w - config['learning_rate'] * dw
    return w, config

def sgd_momentum(w, dw, config=None):
    config = config or {}
    config.setdefault('learning_rate', 1e-2)
    config.setdefault('momentum', 0.9)
    v = config.get('velocity', np.zeros_like(w))
    v = config['momentum'] * v - config['learning_rate'] * dw
    w = w + v
    config['velocity'] = v
    return w, config

def adam(w, dw, config=None):
    if config is None: config = {}
    config.setdefault('learning_rate', 1e-1)
    config.setdefault('beta1', 0.9)
    config.setdefault('beta2', 0.999)
    config.setdefault('epsilon', 1e-8)
    config.setdefault('m', np.zeros_like(w))
    config.setdefault('v', np.zeros_like(w))
    config.setdefault('t', 0)
    config['t'] += 1
    config['m'] = config['beta1'] * config['m'] + (1 - config['beta1']) * dw
    config['v'] = config['beta2'] * config['v'] + (1 - config['beta2']) * dw ** 2
    mt = config['m'] / (1 - config['beta1'] ** config['t'])
    vt = config['v'] / (1 - config['beta2'] ** config['t'])
    w = w - config['learning_rate'] * mt / (np.sqrt(vt) + config['epsilon'])
    return w, config

results = defaultdict(list)
for name, rule in [('sgd', sgd), ('momentum', sgd_momentum), ('adam', adam)]:
    w, config = np.array([0.5, -1.0]), None
    for step in range(12):
        loss = rosenbrock_like(w)
        dw = grad(w)
        w, config = rule(w, dw, config)
        results[name].append(loss)
    print('{:<10}{:>12.6f}'.format(name, results[name][-1]), w)
