"""Packs for measuring: ten times the names, ten times the rules of data/packs.

The words of what is added come from the speeches themselves, so that they are met in the text as real ones
are; they say nothing.
"""
import collections
import json
import pathlib
import random
import re
import shutil

import yaml

TIMES = 10


def words_of(corpus, limit=200):
    """Words that a speech has now and then, most frequent first, without the commonest."""
    counts = collections.Counter()
    for path in sorted(corpus.rglob("*.txt"))[:limit]:
        counts.update(re.findall(r"\b[a-z]{4,12}\b", path.read_text(errors="replace")))
    return [word for word, _ in counts.most_common(6000)][300:]


def write(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1))  # JSON is YAML.


def new_pack(packs, name, base):
    write(packs / name / "pack.yml", {"format": "verbale-pack/1", "name": name, "version": "1.0.0",
                                      "title": name, "extends": [base]})
    return packs / name


def entries_of(packs):
    for path in sorted(packs.glob("*/gazetteer/*.yml")):
        gazetteer = yaml.safe_load(path.read_text())
        for entry in gazetteer["entries"]:
            yield gazetteer.get("label", entry.get("label", "")), entry


def more_names(packs, base, words):
    """For each name nine more of the same label and as many words, made of words of the text."""
    rng = random.Random(1)
    by_label = collections.defaultdict(list)
    seen = set()
    for label, entry in entries_of(packs):
        head = entry["name"].split()[-1]
        size = min(5, max(2, len(entry["name"].split())))
        for _ in range(TIMES - 1):
            name = " ".join(word.capitalize() for word in rng.sample(words, size - 1)) + " " + head
            if name not in seen:
                by_label[label or "Organization"].append({"name": name})
                seen.add(name)
    folder = new_pack(packs, "more-names", base)
    for label, entries in by_label.items():
        write(folder / "gazetteer" / f"{label.lower()}.yml",
              {"format": "verbale-gazetteer/1", "label": label, "entries": entries})
    return folder, len(seen)


def more_rules(packs, base, words):
    """Each rule nine times more, with other verbs of the lexicon and other nouns of the text."""
    rng = random.Random(2)
    fragments = yaml.safe_load((packs / "states" / "fragments.yml").read_text())
    used = {verb for verbs in fragments["verbs"].values() for verb in verbs}
    lexicon = yaml.safe_load((packs / "english" / "lexicon.yml").read_text())
    verbs = sorted({forms.split()[0] for forms in lexicon["verbs"]} - used)
    verbs = [verb for verb in verbs if re.fullmatch(r"[a-z]{3,}", verb)]
    added = {"format": "verbale-fragments/1", "verbs": {}, "nouns": {}}
    rules = []

    def other(match, copy):
        kind, name, form = match.group(1), match.group(2), match.group(3) or ""
        table, pool = ("verbs", verbs) if kind == "verb" else ("nouns", words)
        if name == "*" or name not in fragments[table]:
            return match.group(0)
        fragment = f"{name}_{copy}"
        if fragment not in added[table]:
            size = min(len(pool), len(fragments[table][name]))
            added[table][fragment] = rng.sample(pool, size)
        return f"<{kind}:{fragment}{form}>"

    for copy in range(1, TIMES):
        for path in sorted((packs / "states" / "rules").glob("*.yml")):
            file = yaml.safe_load(path.read_text())
            for rule in file["rules"]:
                rule = {"relation": file.get("relation", ""), **rule}
                rule.pop("examples", None)
                rule["id"] += f".{copy}"
                rule["patterns"] = [
                    re.sub(r"<(verb|noun|own):([\w*]+)(\.\w+)?>", lambda m: other(m, copy), pattern)
                    for pattern in rule["patterns"]]
                rules.append(rule)
    folder = new_pack(packs, "more-rules", base)
    write(folder / "fragments.yml", added)
    write(folder / "rules" / "more.yml", {"format": "verbale-rules/1", "rules": rules})
    return folder, len(rules)


def build(data, target, base, corpus):
    """Copies the packs of `data` to `target` and adds both; returns their folders and sizes."""
    packs = pathlib.Path(target) / "packs"
    shutil.copytree(data, packs)
    words = words_of(pathlib.Path(corpus))
    return packs / base, more_names(packs, base, words), more_rules(packs, base, words)
