#!/usr/bin/env python3
"""Checks the gazetteers under data/packs: form, order, ambiguity, and the States' codes.

usage: check_gazetteers.py [PACKS]

PACKS is the folder of packs (default: data/packs of this repository). All packs are read together: a
thing that two of them name belongs into the one that both extend. Prints what it found as FILE: ENTRY: what.
Exit 3 where something did not hold, 77 where PyYAML is missing, 0 otherwise.
"""
import collections
import pathlib
import re
import sys
import unicodedata

try:
    import yaml
except ImportError:
    print("check_gazetteers: skipped: needs python3-yaml")
    sys.exit(77)

STATES = 195  # The Members of the United Nations and two observers.
LISTS = ("aliases", "acronyms", "adjectives", "former")
KEYS = {"name", "official", "iso2", "iso3", "m49", "wikidata", "case_sensitive", "of", *LISTS}
CODES = {"iso2": r"[A-Z]{2}", "iso3": r"[A-Z]{3}", "m49": r"[0-9]{3}"}

# Words that say what kind of thing is meant and never which one.
GENERIC = set("""
the of on and for a an agreement assembly assistance center centre charter coalition code commission
committee community conference convention conventions council court covenant declaration expert experts
forum fund group groups instrument international organization organisation partnership plan process
programme project protocol protocols report resolution statute strategy summit treaties treaty working
""".split())


def fold(text):
    """Case, accents, curly quotes and white space as they do not matter when names are compared."""
    text = text.replace("\u2019", "'").replace("\u2013", "-").replace("\u2014", "-")
    text = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).lower().split())


class Entry:
    """One entry with the place it stands in, for messages."""

    def __init__(self, path, label, fields):
        self.path, self.label, self.fields = path, label, fields
        self.name = fields.get("name", "?")

    def phrases(self):
        """Every text that is matched whatever its case."""
        single = [self.fields[k] for k in ("name", "official") if self.fields.get(k)]
        return single + [a for k in ("aliases", "adjectives", "former") for a in self.fields.get(k, [])]

    def acronyms(self):
        return self.fields.get("acronyms", [])


class Checker:
    def __init__(self, packs):
        self.packs = packs
        self.findings = []

    def report(self, entry, what):
        self.findings.append(f"{entry.path}: {entry.name}: {what}")

    def read(self, pack):
        """The entries of one pack's own files, each file checked for form and order."""
        entries = []
        for path in sorted((self.packs / pack / "gazetteer").glob("*.yml")):
            shown = path.relative_to(self.packs.parent.parent)
            with open(path, encoding="utf-8") as stream:
                table = yaml.safe_load(stream)
            if table.get("format") != "verbale-gazetteer/1" or not table.get("label"):
                self.findings.append(f"{shown}: no format or no label")
            own = [Entry(shown, table.get("label"), fields) for fields in table["entries"]]
            for entry in own:
                self.check_form(entry)
            names = [fold(entry.name) for entry in own]
            for before, after, entry in zip(names, names[1:], own[1:]):
                if after < before:
                    self.report(entry, f"out of order after '{before}'")
            entries += own
        return entries

    def check_form(self, entry):
        for key, value in entry.fields.items():
            if key not in KEYS:
                self.report(entry, f"unknown key '{key}'")
            texts = value if key in LISTS else [value]
            if key in LISTS and not isinstance(value, list):
                self.report(entry, f"'{key}' is no list")
            elif key != "case_sensitive" and not all(isinstance(t, str) and t for t in texts):
                self.report(entry, f"'{key}' holds something that is no text: {value!r}")
        for phrase in entry.phrases():
            if set(fold(phrase).split()) <= GENERIC:
                self.report(entry, f"'{phrase}' is an ordinary phrase")
            if len(phrase.split()) < 5 and not any(c.isupper() or c.isdigit() for c in phrase):
                self.report(entry, f"'{phrase}' is short and has neither capital letter nor digit")
        for acronym in entry.acronyms():
            if len(acronym) < 2 or not any(c.isupper() for c in acronym):
                self.report(entry, f"'{acronym}' is no acronym")
        # A capital letter of a name of up to three words, or the first one of a longer name, is never found in
        # lower case; a small letter is found in both.
        spelled = [p if len(p.split()) < 4 else p[:1] + p[1:].lower() for p in entry.phrases()] + entry.acronyms()
        for text, times in collections.Counter(spelled).items():
            if times > 1:
                self.report(entry, f"'{text}' stands {times} times")
        for alias in entry.fields.get("aliases", []):
            lower = alias[:1].lower() + alias[1:].lower()
            if alias[:1].isupper() and lower in spelled:
                self.report(entry, f"'{alias}' is found by '{lower}' already")

    def check_ambiguity(self, entries):
        """No text may lead to two entries; acronyms are compared as they are written."""
        owners = collections.defaultdict(list)
        for entry in entries:
            for text in {fold(p) for p in entry.phrases()} | set(entry.acronyms()):
                owners[text].append(entry)
        for text, those in sorted(owners.items()):
            if len(those) > 1:
                others = ", ".join(f"{e.label} {e.name}" for e in those[1:])
                self.report(those[0], f"'{text}' is also a name of {others}")

    def check_states(self, entries):
        states = [entry for entry in entries if entry.label == "State"]
        if len(states) != STATES:
            self.findings.append(f"{len(states)} States where there are {STATES}")
        for key, form in CODES.items():
            seen = {}
            for state in states:
                code = state.fields.get(key, "")
                if not re.fullmatch(form, code):
                    self.report(state, f"{key} '{code}' is no code")
                if code in seen:
                    self.report(state, f"{key} '{code}' belongs to {seen[code]}")
                seen[code] = state.name


def main():
    default = pathlib.Path(__file__).resolve().parents[2] / "data" / "packs"
    packs = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else default
    checker = Checker(packs)
    own = {d.name: checker.read(d.name) for d in sorted(packs.iterdir()) if (d / "gazetteer").is_dir()}
    checker.check_ambiguity([entry for entries in own.values() for entry in entries])
    checker.check_states(own.get("world", []))
    findings = list(dict.fromkeys(checker.findings))
    for finding in findings:
        print(finding)
    names = sum(len(e.phrases()) + len(e.acronyms()) for entries in own.values() for e in entries)
    count = collections.Counter(e.label for entries in own.values() for e in entries)
    told = ", ".join(f"{count[label]} {label}" for label in sorted(count))
    print(f"{sum(count.values())} entries ({told}), {names} names, {len(findings)} findings")
    return 3 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
