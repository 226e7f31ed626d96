#!/usr/bin/env python3
"""The JSON Schemas of data/schema hold for every pack, and refuse what the loader refuses.

usage: check_schemas.py PROGRAM

Every file of the packs in data/packs and tests/packs is valid against the schema that its `format` names.
Then single things of a small pack are spoilt, and each time both the schema and the program must object.
"""
import copy
import json
import pathlib
import re
import subprocess
import sys
import tempfile

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class Loader(yaml.SafeLoader):
    """YAML 1.2, as editors read it: "NO" and "2015-07-14" are text."""


Loader.yaml_implicit_resolvers = {}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(?:true|false)$"), "tf")
Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("(?:[1-9][0-9]*|0)$"), "0123456789")

SCHEMAS = {path.stem: json.loads(path.read_text()) for path in sorted((ROOT / "data/schema").glob("*.json"))}

SMALL = {
    "pack.yml": {"format": "verbale-pack/1", "name": "small", "version": "1", "title": "Small",
                 "extends": [], "relations": {"SIGNED": {"from": ["State"], "to": ["Treaty"]}},
                 "evaluation": {"open_relations": [], "open_labels": ["Treaty"]}},
    "structure.yml": {"format": "verbale-structure/1", "author_label": "State", "heading_reach": 3,
                      "document": {"label": "Document", "section_label": "Reply"}},
    "lexicon.yml": {"format": "verbale-lexicon/1", "words": {"determiner": ["the"]},
                    "modals": {"recommended": ["should"]}, "catenatives": {"planned": ["intend"]},
                    "verbs": ["sign"]},
    "fragments.yml": {"format": "verbale-fragments/1", "verbs": {"sign": ["sign"]}, "nouns": {"work": "work"},
                      "heads": {"Treaty": ["treaty"]}, "actors": {"labels": ["State"], "nouns": ["we"]},
                      "entities": [{"label": "law", "pattern": "Law [0-9]+"}]},
    "gazetteer/states.yml": {"format": "verbale-gazetteer/1", "label": "State",
                             "entries": [{"name": "Chad", "iso2": "TD", "case_sensitive": True}]},
    "rules/signed.yml": {"format": "verbale-rules/1", "relation": "SIGNED", "rules": [
        {"id": "signed", "note": "A State signs.", "patterns": ["{subject} <verb:sign> {Treaty}"],
         "where": ["named"], "unless": "might", "attributes": {"status": "signed", "role": {"first": "first"}},
         "examples": [{"text": "Chad signed the treaty.", "author": "Chad",
                       "expect": [{"object": "treaty", "modality": "planned", "attributes": {}}]}]}]},
    "examples/signed.yml": {"format": "verbale-examples/1",
                            "examples": {"signed": [{"text": "Chad slept.", "expect": []}]}},
}

# File, path of keys to a map or list, what is put there (None: taken away).
RULE = ("rules", 0)
SPOILT = [
    ("pack.yml", ("format",), "verbale-pack/2"),
    ("pack.yml", ("name",), None),
    ("pack.yml", ("version",), None),
    ("pack.yml", ("extend",), ["states"]),
    ("pack.yml", ("relations", "SIGNED", "too"), ["Treaty"]),
    ("pack.yml", ("evaluation", "open_label"), ["Treaty"]),
    ("structure.yml", ("symbol",), ["A/1"]),
    ("structure.yml", ("heading_reach",), 0),
    ("structure.yml", ("heading_reach",), "far"),
    ("structure.yml", ("document", "label"), None),
    ("structure.yml", ("document", "part"), "IN"),
    ("lexicon.yml", ("word",), {}),
    ("lexicon.yml", ("modals", "wished"), ["should"]),
    ("lexicon.yml", ("catenatives", "planed"), ["intend"]),
    ("lexicon.yml", ("verbs",), ["sign signs signed"]),
    ("fragments.yml", ("verb",), {}),
    ("fragments.yml", ("actors", "noun"), ["we"]),
    ("fragments.yml", ("verbs", "sign"), {"lemma": "sign"}),
    ("fragments.yml", ("entities", 0, "label"), None),
    ("fragments.yml", ("entities", 0, "names"), "Law"),
    ("gazetteer/states.yml", ("label",), None),
    ("gazetteer/states.yml", ("entries", 0, "alias"), ["Tchad"]),
    ("gazetteer/states.yml", ("entries", 0, "name"), None),
    ("gazetteer/states.yml", ("entries", 0, "case_sensitive"), "perhaps"),
    ("rules/signed.yml", ("rule",), []),
    ("rules/signed.yml", RULE + ("id",), None),
    ("rules/signed.yml", RULE + ("note",), None),
    ("rules/signed.yml", RULE + ("patterns",), []),
    ("rules/signed.yml", RULE + ("pattern",), ["{subject} <verb:sign> {Treaty}"]),
    ("rules/signed.yml", RULE + ("where",), ["mane"]),
    ("rules/signed.yml", RULE + ("guard",), "might"),
    ("rules/signed.yml", RULE + ("examples", 0, "sentence"), "Chad signed."),
    ("rules/signed.yml", RULE + ("examples", 0, "text"), None),
    ("rules/signed.yml", RULE + ("examples", 0, "expect", 0, "object"), None),
    ("rules/signed.yml", RULE + ("examples", 0, "expect", 0, "modality"), "wished"),
    ("rules/signed.yml", RULE + ("examples", 0, "expect", 0, "verb"), "sign"),
    ("examples/signed.yml", ("example",), {}),
    ("examples/signed.yml", ("examples",), None),
    ("examples/signed.yml", ("examples", "signed", 0, "expected"), []),
    ("examples/signed.yml", ("examples", "signed", 0, "text"), None),
]


def refusal(document):
    """What the schema says against a document; None where it is valid."""
    name = re.fullmatch(r"verbale-(\w+)/\d+", str(document.get("format", "")))
    if name is None or name[1] not in SCHEMAS:
        return f"no schema for the format {document.get('format')!r}"
    error = jsonschema.exceptions.best_match(
        jsonschema.Draft202012Validator(SCHEMAS[name[1]]).iter_errors(document))
    return error and error.message


def loads(program, pack):
    """The program's exit code and what it said on loading the pack."""
    with tempfile.TemporaryDirectory() as folder:
        for name, document in pack.items():
            path = pathlib.Path(folder, "small", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            # JSON is YAML.
            path.write_text(json.dumps(document))
        done = subprocess.run([program, "rules", "list", f"{folder}/small"], text=True, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE)
        return done.returncode, done.stderr.strip()


def spoil(pack, name, keys, value):
    spoilt = copy.deepcopy(pack)
    at = spoilt[name]
    for key in keys[:-1]:
        at = at[key]
    if value is None:
        del at[keys[-1]]
    else:
        at[keys[-1]] = value
    return spoilt


def main():
    program, failures, files = sys.argv[1], [], 0
    for schema in SCHEMAS.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    for folder in ("data/packs", "tests/packs"):
        for path in sorted((ROOT / folder).rglob("*.yml")):
            files += 1
            said = refusal(yaml.load(path.read_text(encoding="utf-8"), Loader))
            if said:
                failures.append(f"{path.relative_to(ROOT)}: {said}")
    code, said = loads(program, SMALL)
    if code:
        failures.append(f"the small pack does not load: {said}")
    failures += [f"small {name}: {refusal(document)}" for name, document in SMALL.items() if refusal(document)]
    for name, keys, value in SPOILT:
        spoilt = spoil(SMALL, name, keys, value)
        what = f"{name} with {'/'.join(map(str, keys))} = {value!r}"
        if not refusal(spoilt[name]):
            failures.append(f"the schema takes {what}")
        if loads(program, spoilt)[0] == 0:
            failures.append(f"the loader takes {what}")
    for failure in failures:
        print(failure)
    print(f"{files} files, {len(SPOILT)} spoilt ones, {len(failures)} problems")
    return 1 if failures or not files else 0


if __name__ == "__main__":
    sys.exit(main())
