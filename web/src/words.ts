// Names compared as people type them, and names found again in sentences.

/** Lower case without accents; one character stays one, so that places in it are places in `name`. */
export function fold(name: string): string {
  let out = "";
  for (const character of name) {
    const plain = character.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    out += plain.length === character.length ? plain : character;
  }
  return out;
}

/**
 * How well `query` finds `name`, both folded: 0 not at all, 4 all of it, 3 its beginning, 2 the
 * beginning of a word, 1 somewhere inside.
 */
export function match(query: string, name: string): number {
  const at = name.indexOf(query);
  if (at < 0) return 0;
  if (at === 0) return name.length === query.length ? 4 : 3;
  for (let i = at; i >= 0; i = name.indexOf(query, i + 1)) {
    if (/[^\p{L}\p{N}]/u.test(name[i - 1]!)) return 2;
  }
  return 1;
}

/** Places in `sentence` where one of `names` stands as words of its own, in order, none overlapping. */
export function places(sentence: string, names: string[]): [number, number][] {
  const folded = fold(sentence);
  const inside = (index: number) => /[\p{L}\p{N}]/u.test(folded[index] ?? " ");
  const found: [number, number][] = [];
  const longest = [...new Set(names.map(fold))].sort((a, b) => b.length - a.length);
  for (const name of longest) {
    if (name.length < 2) continue;
    for (let at = folded.indexOf(name); at >= 0; at = folded.indexOf(name, at + 1)) {
      const end = at + name.length;
      if (inside(at - 1) || inside(end)) continue;
      if (found.every(([from, to]) => end <= from || at >= to)) found.push([at, end]);
    }
  }
  return found.sort((a, b) => a[0] - b[0]);
}
