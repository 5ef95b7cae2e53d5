"""The same model written the long way: one covariance matrix of all scores, as the textbooks have it."""

from __future__ import annotations

import numpy as np
from scipy import stats

from pilotage.stats.mixed_model.structures import basis


class Dense:
    """y ~ group * occasion in cell-mean coding, for scores (people, occasions) with NaN."""

    def __init__(self, scores, groups, structure):
        scores = np.asarray(scores, dtype=float)
        person, occasion = np.nonzero(np.isfinite(scores))
        self.labels = list(dict.fromkeys(groups))
        self.y, self.occasions = scores[person, occasion], scores.shape[1]
        cell = np.array([self.labels.index(groups[i]) for i in person]) * self.occasions + occasion
        self.x = np.eye(len(self.labels) * self.occasions)[cell]
        same = person[:, None] == person
        self.parts = [same * g[np.ix_(occasion, occasion)] for g in basis(structure, self.occasions)]

    def at(self, theta):
        v = sum(t * part for t, part in zip(theta, self.parts, strict=True))
        inverse = np.linalg.inv(v)
        phi = np.linalg.inv(self.x.T @ inverse @ self.x)
        beta = phi @ self.x.T @ inverse @ self.y
        residual = self.y - self.x @ beta
        projection = inverse - inverse @ self.x @ phi @ self.x.T @ inverse
        n, p = self.x.shape
        value = (n - p) * np.log(2 * np.pi) + np.linalg.slogdet(v)[1] - np.linalg.slogdet(phi)[1]
        return -(value + residual @ inverse @ residual) / 2, beta, phi, projection, inverse

    def expected(self, theta):
        projection = self.at(theta)[3]
        moved = [projection @ part for part in self.parts]
        return np.array([[np.trace(a @ b) / 2 for b in moved] for a in moved])

    def observed(self, theta):
        projection = self.at(theta)[3]
        steps = [part @ projection @ self.y for part in self.parts]
        return np.array([[a @ projection @ b for b in steps] for a in steps]) - self.expected(theta)

    def kenward_roger(self, theta, rows, information):
        """F, its degrees of freedom and p, straight from Kenward and Roger's section 3."""
        _, beta, phi, _, inverse = self.at(theta)
        w = np.linalg.inv(getattr(self, information)(theta))
        vx, size = inverse @ self.x, len(rows)
        p = [-vx.T @ part @ vx for part in self.parts]
        pairs = [(k, m) for k in range(len(p)) for m in range(len(p))]
        middle = sum(
            w[k, m] * (vx.T @ self.parts[k] @ inverse @ self.parts[m] @ vx - p[k] @ phi @ p[m]) for k, m in pairs
        )
        adjusted = phi + 2 * phi @ middle @ phi
        theta_matrix = rows.T @ np.linalg.inv(rows @ phi @ rows.T) @ rows
        a = [theta_matrix @ phi @ one @ phi for one in p]
        a1 = sum(w[k, m] * np.trace(a[k]) * np.trace(a[m]) for k, m in pairs)
        a2 = sum(w[k, m] * np.trace(a[k] @ a[m]) for k, m in pairs)
        b, g = (a1 + 6 * a2) / (2 * size), ((size + 1) * a1 - (size + 4) * a2) / ((size + 2) * a2)
        d = 3 * size + 2 * (1 - g)
        variance = 2 / size * (1 + g / d * b) / ((1 - (size - g) / d * b) ** 2 * (1 - (size + 2 - g) / d * b))
        mean = 1 / (1 - a2 / size)
        df = 4 + (size + 2) / (size * variance / (2 * mean**2) - 1)
        scale = df / (mean * (df - 2))
        estimates = rows @ beta
        f = scale * estimates @ np.linalg.solve(rows @ adjusted @ rows.T, estimates) / size
        return f, df, stats.f.sf(f, size, df)
