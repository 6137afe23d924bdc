"""Matching without a database: every entry against every need, as plain arrays."""

import numpy as np

from rtopnet.assistance.lists import skills
from rtopnet.assistance.rules.fit import MOST, Why


class PlainMatching:
    """All entries as arrays; ``best`` scores every one of them for a need."""

    def __init__(self, entries, languages, clearances) -> None:
        self.codes = {code: place for place, code in enumerate(sorted(skills()))}
        self.languages = {tag: place for place, tag in enumerate(languages)}
        self.clearances = {name: place for place, name in enumerate(clearances)}
        count = len(entries)
        self.levels = np.zeros((count, len(self.codes)), np.int8)
        self.spoken = np.zeros((count, len(languages)), bool)
        self.cleared = np.zeros((count, len(clearances)), np.int32)
        self.days = np.zeros((count, 2), np.int32)
        self.ids = np.array([str(one.id) for one in entries])
        for row, one in enumerate(entries):
            for code, held in one.skills.items():
                self.levels[row, self.codes[code]] = held.level
            for tag in one.languages:
                self.spoken[row, self.languages[tag]] = True
            for name, until in one.clearances.items():
                self.cleared[row, self.clearances[name]] = until.toordinal()
            self.days[row] = [day.toordinal() for day in one.periods[0]]

    def best(self, need, most):
        """The best, by score and then by id, as ``fit`` would have them."""
        wanted = [self.codes[code] for code in sorted(need.skills)]
        levels = self.levels[:, wanted]
        covered = (levels > 0).mean(axis=1)
        first, last = need.starts_on.toordinal(), need.ends_on.toordinal()
        overlap = np.minimum(self.days[:, 1], last) - np.maximum(self.days[:, 0], first) + 1
        overlap = np.clip(overlap, 0, None)
        score = MOST[Why.SKILLS] * covered
        score += MOST[Why.LEVEL] * (levels >= need.level).mean(axis=1)
        tongues = [self.languages[tag] for tag in need.languages]
        score += MOST[Why.LANGUAGE] * self.spoken[:, tongues].any(axis=1)
        score += MOST[Why.TIME] * overlap / (last - first + 1)
        names = [self.clearances[name] for name in need.clearances]
        score += MOST[Why.CLEARANCE] * ((self.cleared[:, names] >= last).mean(axis=1) if names else 1)
        score += MOST[Why.PAST] / 2
        score = np.round(np.where((covered > 0) & (overlap > 0), score, -1), 6)
        place = np.argpartition(-score, most)[: most * 4]
        cut = np.sort(score[place])[::-1][most - 1]
        rows = np.flatnonzero(score >= cut)
        return sorted((-score[row], self.ids[row]) for row in rows)[:most]
