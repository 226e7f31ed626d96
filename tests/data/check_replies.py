#!/usr/bin/env python3
"""Checks that the sample replies are in our own words.

usage: check_replies.py

Reports every run of eight words or more that a sample shares with an official report under
$VERBALE_SHARED/corpus. A name of the gazetteers counts as one word; headings and bracketed lines, which
say who replied and when, count as a full stop. Exit 3 where there is a run, 77 where corpus or PyYAML
are missing.
"""
import os
import pathlib
import re
import sys

try:
    import yaml
except ImportError:
    print("check_replies: skipped: needs python3-yaml")
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parents[2]
RUN = 8
NAME_KEYS = ("name", "official", "aliases", "former")


def words(text):
    """The words of `text`; bracketed lines, and the heading above them, stand as one mark."""
    text = re.sub(r"[^\n]*\n\s*(\[[^\]\n]*\]\s*)+", " # ", text)
    return re.findall(r"[a-z0-9]+|#", text.lower())


def names():
    """All names of the gazetteers that have several words, longest first."""
    found = set()
    for path in ROOT.glob("data/packs/*/gazetteer/*.yml"):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["entries"]:
            for key in NAME_KEYS:
                value = entry.get(key, [])
                for name in [value] if isinstance(value, str) else value:
                    if len(words(name)) > 1:
                        found.add(" ".join(words(name)))
    return sorted(found, key=len, reverse=True)


def without_names(text, known):
    """The words of `text` with each name as one word, so that a name alone is never a run."""
    joined = f' {" ".join(words(text))} '
    for number, name in enumerate(known):
        joined = joined.replace(f" {name} ", f" name{number} ")
    return joined.split()


def runs(sample, official):
    """Maximal runs of RUN words or more of `sample` that stand in `official`, too."""
    grams = {tuple(official[i:i + RUN]) for i in range(len(official) - RUN + 1)}
    start = None
    for i in range(len(sample) - RUN + 2):
        shared = tuple(sample[i:i + RUN]) in grams
        if shared and start is None:
            start = i
        elif not shared and start is not None:
            yield " ".join(sample[start:i + RUN - 1])
            start = None


def main():
    corpus = pathlib.Path(os.environ.get("VERBALE_SHARED", ROOT.parent / "shared")) / "corpus"
    reports = sorted(corpus.glob("A-*.txt"))
    if not reports:
        print(f"check_replies: skipped: no official reports in {corpus}")
        return 77
    known = names()
    found = 0
    for sample in sorted((ROOT / "data" / "replies").glob("SAMPLE-*")):
        ours = without_names(sample.read_text(encoding="utf-8"), known)
        for report in reports:
            theirs = without_names(report.read_text(encoding="utf-8", errors="replace"), known)
            for run in runs(ours, theirs):
                found += 1
                print(f"{sample.name}: as in {report.name}: {run}")
    print(f"{found} shared runs of {RUN} words or more")
    return 3 if found else 0


if __name__ == "__main__":
    sys.exit(main())
