#!/usr/bin/env python3
"""CALL algo.* beside NetworkX on seeded random graphs: values to 1e-9, partitions by their quality.

usage: networkx_test.py VERBALE [--only NAME]…

Each check is a function `check_NAME`; it is called with each of the graphs that suit it. Exits with 77 where
NetworkX is absent.
"""
import argparse
import inspect
import itertools
import json
import math
import pathlib
import random
import subprocess
import sys
import tempfile

try:
    import networkx as nx
except ImportError:
    print("SKIPPED: no networkx (scripts/setup --tests)")
    sys.exit(77)

PROGRAM = None


class Graph:
    """One graph on both sides. Nodes are numbered by their property `i`, relationships by `r`."""

    def __init__(self, name, graph, folder):
        self.name, self.nx, self.folder = name, graph, folder / name
        self.folder.mkdir()
        self.directed = graph.is_directed()
        keys = sorted({key for _, data in graph.nodes(data=True) for key in data})
        with open(self.folder / "nodes.csv", "w", encoding="utf-8") as file:
            print("i", *keys, sep=",", file=file)
            for node, data in graph.nodes(data=True):
                print(node, *(data[key] for key in keys), sep=",", file=file)
        with open(self.folder / "rels.csv", "w", encoding="utf-8") as file:
            print("a,b,w,r", file=file)
            for number, (a, b, data) in enumerate(graph.edges(data=True)):
                data["r"] = number
                print(a, b, data["w"], number, sep=",", file=file)
        places = "".join(f", {key}: toFloat(l.{key})" for key in keys if key != "side")
        self.ask("CREATE INDEX node_i FOR (n:Node) ON (n.i)", "--create")
        self.ask(f"LOAD CSV WITH HEADERS FROM 'nodes.csv' AS l CREATE (n:Node {{i: toInteger(l.i){places}}})"
                 + (" FOREACH (x IN CASE WHEN l.side = '0' THEN [1] ELSE [] END | SET n:Left)" if "side" in keys
                    else ""))
        self.ask("LOAD CSV WITH HEADERS FROM 'rels.csv' AS l "
                 "MATCH (a:Node {i: toInteger(l.a)}), (b:Node {i: toInteger(l.b)}) "
                 "CREATE (a)-[:TO {w: toFloat(l.w), r: toInteger(l.r)}]->(b)")

    def ask(self, statement, *options):
        done = subprocess.run([PROGRAM, "query", "--graph", "graph", *options, statement], cwd=self.folder,
                              text=True, capture_output=True, stdin=subprocess.DEVNULL)
        if done.returncode:
            raise RuntimeError(f"{statement}\n{done.stderr.strip()}")
        return done.stdout

    def call(self, name, columns, options="", where=""):
        """Rows of CALL algo.name; `columns` says what of them: "node score" is node.i and score."""
        both = "" if self.directed or name in UNDIRECTED else "direction: 'both'"
        options = ", ".join(part for part in (both, options) if part)
        parts = {"node": "node.i", "other": "other.i", "source": "source.i", "target": "target.i",
                 "relationship": "relationship.r", "path": "[n IN nodes(path) | n.i]", "why": "[r IN why | r.r]"}
        shown = ", ".join(f"{parts.get(c, c)} AS {c}" for c in columns.split())
        text = f"{where} CALL algo.{name}({{{options}}}) YIELD {columns.replace(' ', ', ')} RETURN {shown}"
        return [tuple(row.values()) for row in json.loads(self.ask(text, "--mode", "json"))]

    def scores(self, name, column="score", options=""):
        return dict(self.call(name, f"node {column}", options))


UNDIRECTED = {"biconnected", "bridges", "articulation_points", "core", "triangles", "louvain", "label_propagation",
              "spanning_tree", "bipartite", "circle", "fruchterman_reingold", "kamada_kawai"}


def weigh(graph, seed, whole=False):
    rng = random.Random(seed)
    for _, _, data in graph.edges(data=True):
        data["w"] = rng.randint(1, 9) if whole else round(rng.uniform(0.5, 5), 3)
    return graph


def graphs(folder):
    yield Graph("directed", weigh(nx.gnp_random_graph(70, 0.06, seed=1, directed=True), 1), folder)
    yield Graph("sparse", weigh(nx.gnp_random_graph(60, 0.02, seed=2, directed=True), 2), folder)
    yield Graph("undirected", weigh(nx.gnm_random_graph(70, 180, seed=3), 3), folder)
    yield Graph("scattered", weigh(nx.gnm_random_graph(60, 45, seed=4), 4), folder)
    yield Graph("scale_free", weigh(nx.barabasi_albert_graph(80, 3, seed=5), 5, whole=True), folder)
    yield Graph("caves", weigh(nx.connected_caveman_graph(8, 7), 6, whole=True), folder)
    dag = nx.DiGraph()
    dag.add_nodes_from(range(40))
    dag.add_edges_from((a, b) for a, b in nx.gnp_random_graph(40, 0.1, seed=7, directed=True).edges if a < b)
    yield Graph("acyclic", weigh(dag, 7, whole=True), folder)
    grid = nx.convert_node_labels_to_integers(nx.grid_2d_graph(6, 7), label_attribute="at")
    for _, data in grid.nodes(data=True):
        data["x"], data["y"] = data.pop("at")
    yield Graph("grid", weigh(grid, 8, whole=True), folder)
    two_sided = nx.Graph()
    two_sided.add_nodes_from((n, {"side": 0 if n < 25 else 1}) for n in range(45))
    rng = random.Random(9)
    two_sided.add_edges_from({(rng.randrange(25), rng.randrange(25, 45)) for _ in range(110)})
    yield Graph("two_sided", weigh(two_sided, 9), folder)


def near(ours, theirs, what):
    assert ours.keys() == theirs.keys(), f"{what}: other nodes"
    for key, value in theirs.items():
        assert math.isclose(ours[key], value, rel_tol=1e-9, abs_tol=1e-9), f"{what} of {key}: {ours[key]}, not {value}"


def parts(assignment):
    groups = {}
    for thing, number in assignment:
        groups.setdefault(number, set()).add(thing)
    return groups


def same_parts(assignment, expected, what):
    groups = parts(assignment)
    assert sorted(map(sorted, groups.values())) == sorted(map(sorted, expected)), f"{what}: other parts"
    sizes = [len(groups[number]) for number in sorted(groups)]
    assert sorted(groups) == list(range(len(groups))) and sizes == sorted(sizes, reverse=True), f"{what}: numbers"


# ---- Centrality ----

def check_degree(g):
    near(g.scores("degree", "degree"), dict(g.nx.out_degree() if g.directed else g.nx.degree()), "degree")
    near(g.scores("degree", "weight", "weight: 'w'"),
         dict(g.nx.out_degree(weight="w") if g.directed else g.nx.degree(weight="w")), "weighted degree")
    if g.directed:
        near(g.scores("degree", "degree", "direction: 'in'"), dict(g.nx.in_degree()), "in-degree")


def check_pagerank(g):
    for options, weight, damping in (("", None, 0.85), ("weight: 'w'", "w", 0.85), ("damping: 0.5", None, 0.5)):
        expected = nx.pagerank(g.nx, alpha=damping, weight=weight, tol=1e-14, max_iter=2000)
        near(g.scores("pagerank", options=f"{options}{', ' if options else ''}tolerance: 1e-14"), expected, "pagerank")
    expected = nx.pagerank(g.nx, personalization={3: 1, 5: 1}, tol=1e-14, max_iter=2000, weight=None,
                           dangling={3: 1, 5: 1})
    rows = g.call("pagerank", "node score", "sources: sources, tolerance: 1e-14",
                  "MATCH (n:Node) WHERE n.i IN [3, 5] WITH collect(n) AS sources")
    near(dict(rows), expected, "personal pagerank")


def check_eigenvector(g):
    if g.name in ("directed", "undirected", "scale_free", "caves", "grid"):
        for options, weight in (("", None), (", weight: 'w'", "w")):
            expected = nx.eigenvector_centrality(g.nx, max_iter=20000, tol=1e-15, weight=weight)
            near(g.scores("eigenvector", options=f"iterations: 20000, tolerance: 1e-13{options}"), expected,
                 "eigenvector")


def check_hits(g):
    if g.name not in ("directed", "undirected", "scale_free"):
        return
    unweighted = g.nx.__class__(g.nx.edges)
    unweighted.add_nodes_from(g.nx)
    hubs, authorities = nx.hits(unweighted, tol=1e-14)
    near(g.scores("hits", "hub", "iterations: 20000, tolerance: 1e-14"), hubs, "hub")
    near(g.scores("hits", "authority", "iterations: 20000, tolerance: 1e-14"), authorities, "authority")


def check_betweenness(g):
    near(g.scores("betweenness"), nx.betweenness_centrality(g.nx), "betweenness")
    near(g.scores("betweenness", options="normalized: false"), nx.betweenness_centrality(g.nx, normalized=False),
         "betweenness in pairs")
    near(g.scores("betweenness", options="weight: 'w'"), nx.betweenness_centrality(g.nx, weight="w"),
         "weighted betweenness")
    rows = g.call("betweenness", "node score", "sources: sources, normalized: false",
                  "MATCH (n:Node) WHERE n.i < 9 WITH collect(n) AS sources")
    near(dict(rows), nx.betweenness_centrality_subset(g.nx, range(9), list(g.nx), normalized=False),
         "betweenness of sources")
    everyone = g.scores("betweenness", options="samples: 100000")
    near(everyone, g.scores("betweenness"), "a sample of all")


def check_closeness(g):
    near(g.scores("closeness"), nx.closeness_centrality(g.nx), "closeness")
    near(g.scores("closeness", options="weight: 'w'"), nx.closeness_centrality(g.nx, distance="w"),
         "weighted closeness")
    near(g.scores("closeness", "harmonic"), nx.harmonic_centrality(g.nx), "harmonic closeness")


# ---- Components ----

def check_components(g):
    same_parts(g.call("components", "node component"), nx.connected_components(nx.Graph(g.nx)), "components")
    if g.directed:
        same_parts(g.call("strong_components", "node component"), nx.strongly_connected_components(g.nx),
                   "strong components")


def undirected(g):
    plain = nx.MultiGraph()
    plain.add_nodes_from(g.nx)
    plain.add_edges_from((a, b, {"r": d["r"], "w": d["w"]}) for a, b, d in g.nx.edges(data=True))
    return plain


def check_biconnected(g):
    multi = undirected(g)
    simple = nx.Graph(multi)
    assert {n for n, in g.call("articulation_points", "node")} == set(nx.articulation_points(simple))
    expected = []
    for component in nx.biconnected_component_edges(simple):
        pairs = {frozenset(edge) for edge in component}
        expected.append([d["r"] for a, b, d in multi.edges(data=True) if frozenset((a, b)) in pairs])
    same_parts(g.call("biconnected", "relationship component"), expected, "biconnected components")
    bridges = {d["r"] for a, b, d in multi.edges(data=True)
               if multi.number_of_edges(a, b) == 1 and (a, b) in set(nx.bridges(simple)) | {
                   (b, a) for a, b in nx.bridges(simple)}}
    assert {r for r, in g.call("bridges", "relationship")} == bridges, "bridges"


def check_core(g):
    simple = nx.Graph(g.nx)
    near(g.scores("core", "core"), nx.core_number(simple), "core")
    cores = dict(g.call("core", "node core"))
    for node, core, why in g.call("core", "node core why", "explain: true"):
        assert len(why) >= core == cores[node], "relationships of a core"


def check_triangles(g):
    simple = nx.Graph(g.nx)
    near(g.scores("triangles", "triangles"), nx.triangles(simple), "triangles")
    near(g.scores("triangles", "coefficient"), nx.clustering(simple), "clustering coefficient")


def check_topological_order(g):
    if not g.directed:
        return
    if not nx.is_directed_acyclic_graph(g.nx):
        try:
            g.call("topological_order", "node position")
        except RuntimeError as error:
            assert "cycle" in str(error), error
            return
        raise AssertionError("an order in spite of cycles")
    position = g.scores("topological_order", "position")
    assert sorted(position.values()) == list(range(len(g.nx)))
    assert all(position[a] < position[b] for a, b in g.nx.edges)


def check_cycles(g):
    ours = [tuple(path[:-1]) for path, _ in g.call("cycles", "path length", "max_length: 5, limit: 100000")]
    doubled = nx.DiGraph(g.nx)
    expected = set()

    def walk(path):
        for other in doubled[path[-1]]:
            if other == path[0] and (g.directed or (len(path) > 2 and path[1] < path[-1])):
                expected.add(tuple(path))
            elif other > path[0] and other not in path and len(path) < 5:
                walk(path + [other])

    for node in doubled:
        walk([node])
    assert len(ours) == len(set(ours)) and set(ours) == expected, "cycles"


# ---- Communities ----

def check_louvain(g):
    multi = undirected(g)
    for options, weight in (("", None), ("weight: 'w'", "w")):
        plain = nx.Graph()
        plain.add_nodes_from(multi)
        for a, b, data in multi.edges(data=True):
            before = plain.get_edge_data(a, b, {"w": 0})["w"]
            plain.add_edge(a, b, w=before + (data["w"] if weight else 1))
        rows = g.call("louvain", "node community modularity", options)
        ours = nx.community.modularity(plain, parts((n, c) for n, c, _ in rows).values(), weight="w")
        assert math.isclose(ours, rows[0][2], abs_tol=1e-9), f"modularity {rows[0][2]}, not {ours}"
        theirs = [nx.community.modularity(plain, nx.community.louvain_communities(plain, weight="w", seed=seed),
                                          weight="w") for seed in range(5)]
        others = [g.call("louvain", "modularity", f"{options}{', ' if options else ''}seed: {seed}")[0][0]
                  for seed in range(4)]
        assert ours > min(theirs) - 0.02, f"modularity {ours}, NetworkX finds {theirs}"
        assert max(ours, *others) > max(theirs) - 0.01, f"modularity {ours}, {others}, NetworkX finds {theirs}"


def check_label_propagation(g):
    label = dict(g.call("label_propagation", "node community"))
    simple = undirected(g)
    for node in simple:
        near_by = [label[b] for a, b in simple.edges(node) if a != b]
        if near_by:
            counts = {number: near_by.count(number) for number in near_by}
            assert counts.get(label[node]) == max(counts.values()), "a label that most neighbours do not have"


# ---- Paths ----

def walk_length(g, path, weight="w"):
    return sum(min(d[weight] for d in ([g.nx[a][b]] if not g.nx.is_multigraph() else g.nx[a][b].values()))
               for a, b in zip(path, path[1:]))


def check_paths(g):
    start = "MATCH (s:Node {i: 0})"
    near(dict(g.call("bfs", "node hops", "source: s", start)), nx.single_source_shortest_path_length(g.nx, 0), "hops")
    near(dict(g.call("bfs", "node hops", "source: s, max_hops: 2", start)),
         nx.single_source_shortest_path_length(g.nx, 0, cutoff=2), "hops up to 2")
    rows = g.call("dijkstra", "node distance path", "source: s, weight: 'w'", start)
    near({n: d for n, d, _ in rows}, nx.single_source_dijkstra_path_length(g.nx, 0, weight="w"), "distances")
    for node, distance, path in rows:
        assert path[0] == 0 and path[-1] == node and math.isclose(walk_length(g, path), distance, abs_tol=1e-9)
    target = max((d, n) for n, d, _ in rows)[1]
    one = g.call("dijkstra", "node distance path", "source: s, target: t, weight: 'w'",
                 f"MATCH (s:Node {{i: 0}}), (t:Node {{i: {target}}})")
    assert one == [row for row in rows if row[0] == target], "the way to one target is another one"


def check_all_pairs(g):
    rows = g.call("all_pairs", "source target distance", "weight: 'w'")
    expected = {(a, b): d for a, ends in nx.all_pairs_dijkstra_path_length(g.nx, weight="w")
                for b, d in ends.items() if a != b}
    near({(a, b): d for a, b, d in rows}, expected, "distances of all")


def check_astar(g):
    if g.name != "grid":
        return
    for target in (5, 23, 41):
        (_, distance, path), = g.call("astar", "node distance path", "source: s, target: t, weight: 'w', x: 'x', y: 'y'",
                                      f"MATCH (s:Node {{i: 0}}), (t:Node {{i: {target}}})")
        assert math.isclose(distance, nx.dijkstra_path_length(g.nx, 0, target, weight="w")), "A*"
        assert math.isclose(walk_length(g, path), distance)


def check_yen(g):
    reached = sorted(nx.single_source_shortest_path_length(g.nx, 0).items(), key=lambda item: (item[1], item[0]))
    target = reached[-1][0]
    if target == 0:
        return
    rows = g.call("yen", "index distance path", "source: s, target: t, weight: 'w', k: 12",
                  f"MATCH (s:Node {{i: 0}}), (t:Node {{i: {target}}})")
    expected = list(itertools.islice(nx.shortest_simple_paths(g.nx, 0, target, weight="w"), 12))
    assert len(rows) == len(expected), "ways"
    assert len({tuple(path) for _, _, path in rows}) == len(rows), "a way twice"
    for (index, distance, path), other in zip(rows, expected):
        assert math.isclose(distance, walk_length(g, other), abs_tol=1e-9), f"length of way {index}"
        assert math.isclose(distance, walk_length(g, path), abs_tol=1e-9) and len(set(path)) == len(path)


def check_spanning_tree(g):
    rows = g.call("spanning_tree", "relationship weight", "weight: 'w'")
    multi = undirected(g)
    tree = nx.minimum_spanning_tree(multi, weight="w")
    assert len(rows) == tree.number_of_edges()
    assert math.isclose(sum(w for _, w in rows), tree.size(weight="w"), abs_tol=1e-9), "spanning tree"
    kept = nx.Graph((a, b) for a, b, d in multi.edges(data=True) if d["r"] in {r for r, _ in rows})
    assert nx.is_forest(kept) if kept.number_of_nodes() else not rows


def check_max_flow(g):
    for target in (len(g.nx) - 1, len(g.nx) // 2):
        rows = g.call("max_flow", "relationship source target flow total", "source: s, target: t, weight: 'w'",
                      f"MATCH (s:Node {{i: 0}}), (t:Node {{i: {target}}})")
        expected = nx.maximum_flow_value(g.nx, 0, target, capacity="w")
        total = rows[0][4] if rows else 0
        assert math.isclose(total, expected, abs_tol=1e-9), f"flow {total}, not {expected}"
        balance = {}
        for _, a, b, flow, _ in rows:
            assert 0 < flow <= g.nx[a][b]["w"] + 1e-9, "more than the capacity"
            balance[a] = balance.get(a, 0) - flow
            balance[b] = balance.get(b, 0) + flow
        balance.pop(0, None)
        assert math.isclose(balance.pop(target, 0), expected, abs_tol=1e-9), "what arrives is not the flow"
        assert all(abs(left) < 1e-9 for left in balance.values()), "something is lost on the way"


# ---- Similarity ----

def check_similarity(g):
    neighbours = {n: set(g.nx.successors(n) if g.directed else g.nx[n]) for n in g.nx}
    for metric in ("jaccard", "overlap", "cosine"):
        expected = {}
        for a, b in itertools.combinations(sorted(g.nx), 2):
            common = len(neighbours[a] & neighbours[b])
            if common:
                sizes = len(neighbours[a]), len(neighbours[b])
                expected[a, b] = {"jaccard": common / (sum(sizes) - common), "overlap": common / min(sizes),
                                  "cosine": common / math.sqrt(sizes[0] * sizes[1])}[metric]
        rows = g.call("similarity", "node other similarity common why", f"metric: '{metric}', top: 0, explain: true")
        near({tuple(sorted((a, b))): s for a, b, s, _, _ in rows}, expected, metric)
        assert all(len(why) == 2 * common for _, _, _, common, why in rows), "relationships of what is shared"
        best = g.call("similarity", "node other similarity", f"metric: '{metric}', top: 2")
        for node in g.nx:
            ours = [s for a, _, s in best if a == node]
            theirs = sorted((s for pair, s in expected.items() if node in pair), reverse=True)[:2]
            assert len(ours) == len(theirs) and all(map(math.isclose, ours, theirs)), f"{metric}: the best of {node}"


def check_weighted_cosine(g):
    if g.directed or g.name == "two_sided":
        vectors = {n: {m: d["w"] for m, d in g.nx[n].items()} for n in g.nx}
        expected = {}
        for a, b in itertools.combinations(sorted(g.nx), 2):
            shared = vectors[a].keys() & vectors[b].keys()
            if shared:
                expected[a, b] = sum(vectors[a][m] * vectors[b][m] for m in shared) / math.sqrt(
                    sum(w * w for w in vectors[a].values()) * sum(w * w for w in vectors[b].values()))
        rows = g.call("similarity", "node other similarity", "metric: 'cosine', top: 0, weight: 'w'")
        near({tuple(sorted((a, b))): s for a, b, s in rows}, expected, "weighted cosine")


def check_bipartite(g):
    if g.name != "two_sided":
        return
    expected = nx.bipartite.weighted_projected_graph(g.nx, range(25))
    rows = g.call("bipartite", "node other weight", "side: 'Left'")
    near({tuple(sorted((a, b))): w for a, b, w in rows},
         {tuple(sorted((a, b))): d["weight"] for a, b, d in expected.edges(data=True)}, "projection")


def check_assortativity(g):
    (ours,), = g.call("assortativity", "coefficient")
    assert math.isclose(ours, nx.degree_assortativity_coefficient(g.nx), rel_tol=1e-9, abs_tol=1e-9), "assortativity"


# ---- Drawings ----

def check_layouts(g):
    circle = {n: (x, y) for n, x, y in g.call("circle", "node x y")}
    assert all(math.isclose(math.hypot(*at), 1) for at in circle.values()) and len(set(circle.values())) == len(g.nx)
    forces = {n: (x, y) for n, x, y in g.call("fruchterman_reingold", "node x y", "seed: 1, iterations: 200")}
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in forces.values())
    pairs = list(itertools.combinations(forces, 2))
    joined = [math.dist(forces[a], forces[b]) for a, b in nx.Graph(g.nx).edges]
    apart = [math.dist(forces[a], forces[b]) for a, b in pairs]
    assert sum(joined) / len(joined) < 0.9 * sum(apart) / len(apart), "neighbours are not nearer than others"
    springs = {n: (x, y) for n, x, y in g.call("kamada_kawai", "node x y")}
    if g.name in ("grid", "caves", "scale_free"):
        distances = dict(nx.all_pairs_shortest_path_length(g.nx))

        def stress(places):
            ratios = [math.dist(places[a], places[b]) / distances[a][b] for a, b in pairs]
            scale = sum(ratios) / sum(r * r for r in ratios)  # The best one.
            return sum((scale * r - 1) ** 2 for r in ratios)

        theirs = nx.kamada_kawai_layout(g.nx)
        assert stress(springs) < 1.25 * stress(theirs), f"stress {stress(springs)}, NetworkX {stress(theirs)}"


def main():
    global PROGRAM
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--only", action="append", default=[])
    args = parser.parse_args()
    PROGRAM = args.program.resolve()
    checks = {name[6:]: check for name, check in globals().items()
              if name.startswith("check_") and inspect.isfunction(check)}
    failed = passed = 0
    with tempfile.TemporaryDirectory(prefix="algorithms-") as folder:
        for graph in graphs(pathlib.Path(folder)):
            for name, check in checks.items():
                if args.only and name not in args.only:
                    continue
                try:
                    check(graph)
                    passed += 1
                except (AssertionError, RuntimeError) as error:
                    failed += 1
                    print(f"{name} on {graph.name}: {error or type(error).__name__}")
    print(f"algorithms: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
