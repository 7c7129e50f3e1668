"""Compares answers with lien's, value by value (1e-9): same.py OURS THEIRS

Prints how many values are in both, and how many differ, of the questions that THEIRS answers.
"""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "peers"))

import compare  # noqa: E402

ours, theirs = (compare.load(path) for path in sys.argv[1:])
asked = {key[0] for key in theirs}
keys = {key for key in ours if key[0] in asked} | set(theirs)
wrong = sorted(key for key in keys if not compare.equal(key, ours.get(key), theirs.get(key)))
for key in wrong[:20]:
    print("   ", *key, ours.get(key, "(no row)"), theirs.get(key, "(no row)"), file=sys.stderr)
print(json.dumps([sum(1 for key in keys if key in ours and key in theirs), len(wrong)]))
