// Reads exported files with the programs from npm that they are for.
//
// usage: node readers.mjs counts FOLDER          a line of JSON a reader: what it counts
//        node readers.mjs kuzu FOLDER QUESTIONS  loads the tables; the rows of each question
//        node readers.mjs sparql FILE QUERY…     the rows of each query
import { webcrypto } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** Oxigraph takes its random numbers from Web Crypto, which Node has as a global only from 19 on. */
async function importOxigraph() {
  globalThis.crypto ??= webcrypto;
  return (await import('oxigraph')).default;
}

const say = (line) => console.log(JSON.stringify(line, (_, v) => (typeof v === 'bigint' ? Number(v) : v)));
const text = (...parts) => fs.readFileSync(path.join(...parts), 'utf8');

/** What `count` gives, or the error that it ends with. */
async function reader(format, name, count) {
  try {
    const [nodes, relationships] = await count();
    say({ format, reader: name, nodes, relationships });
  } catch (error) {
    say({ format, reader: name, error: String(error).slice(0, 300) });
  }
}

async function graphologyReaders(folder) {
  const { default: Graph, MultiDirectedGraph } = await import('graphology');
  const graphml = await import('graphology-graphml');
  const gexf = await import('graphology-gexf');
  const size = (graph) => [graph.order, graph.size];
  const parse = graphml.parse ?? graphml.default.parse;
  const parseGexf = gexf.parse ?? gexf.default.parse;
  await reader('graphology', 'graphology', () => size(Graph.from(JSON.parse(text(folder, 'g.json')))));
  for (const dialect of ['strict', 'gephi', 'cytoscape', 'yed']) {
    await reader(`graphml (${dialect})`, 'graphology-graphml', () =>
      size(parse(Graph, text(folder, `${dialect}.graphml`))));
  }
  await reader('gexf', 'graphology-gexf', () =>
    size(parseGexf(MultiDirectedGraph, text(folder, 'g.gexf'))));
}

async function cytoscapeReader(folder) {
  const { default: cytoscape } = await import('cytoscape');
  await reader('cyjs', 'cytoscape', () => {
    const graph = cytoscape({ headless: true, ...JSON.parse(text(folder, 'g.cyjs')) });
    return [graph.nodes().length, graph.edges().length];
  });
}

const NODES = `SELECT (COUNT(DISTINCT ?n) AS ?count) WHERE {
  ?n <http://www.w3.org/2000/01/rdf-schema#label> ?name FILTER(STRSTARTS(STR(?n), "urn:verbale:node:")) }`;
const RELATIONSHIPS = `PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
  SELECT (COUNT(DISTINCT ?r) AS ?count) WHERE { { ?r a rdf:Statement } UNION { ?r rdf:reifies ?t }
  FILTER(STRSTARTS(STR(?r), "urn:verbale:relationship:")) }`;

const RDF_FILES = [
  ['turtle', 'g.ttl', 'text/turtle'],
  ['turtle (rdf-1.2)', 'g12.ttl', 'text/turtle'],
  ['nquads', 'g.nq', 'application/n-quads'],
  ['nquads (rdf-1.2)', 'g12.nq', 'application/n-quads'],
  ['jsonld', 'g.jsonld', 'application/ld+json'],
];

async function rdfReaders(folder) {
  const oxigraph = await importOxigraph();
  const { default: n3 } = await import('n3');
  const count = (store, query) => Number(store.query(query)[0].get('count').value);
  for (const [format, file, type] of RDF_FILES) {
    await reader(format, 'oxigraph', () => {
      const store = new oxigraph.Store();
      store.load(text(folder, file), { format: type });
      return [count(store, NODES), count(store, RELATIONSHIPS)];
    });
  }
  const star = [
    ['turtle (rdf-star)', 'star.ttl', 'text/turtle*'],
    ['nquads (rdf-star)', 'star.nq', 'application/n-quads*'],
  ];
  const label = 'http://www.w3.org/2000/01/rdf-schema#label';
  for (const [format, file, type] of [...RDF_FILES.slice(0, 4), ...star]) {
    await reader(format, 'N3.js', () => {
      const nodes = new Set(), triples = new Set();
      for (const quad of new n3.Parser({ format: type }).parse(text(folder, file))) {
        if (quad.predicate.value === label) nodes.add(quad.subject.value);
        if (quad.predicate.value.startsWith('urn:verbale:relation:') && quad.graph.value === '') {
          triples.add(`${quad.subject.value} ${quad.predicate.value} ${quad.object.value}`);
        }
      }
      return [nodes.size, triples.size];
    });
  }
}

async function openKuzu(folder) {
  const { default: kuzu } = await import('kuzu');
  const connection = new kuzu.Connection(new kuzu.Database(':memory:'));
  const from = process.cwd();
  process.chdir(folder); // the files that copy.cypher names are beside it
  for (const script of ['schema.cypher', 'copy.cypher']) {
    for (const statement of text(folder, script).split('\n').filter(Boolean)) await connection.query(statement);
  }
  process.chdir(from);
  return async (statement, values = {}) => {
    const prepared = await connection.prepare(statement);
    if (!prepared.isSuccess()) throw new Error(prepared.getErrorMessage());
    return (await connection.execute(prepared, values)).getAll();
  };
}

async function kuzuReader(folder) {
  await reader('kuzu', 'kuzu', async () => {
    const ask = await openKuzu(path.join(folder, 'kuzu'));
    const [nodes] = await ask('MATCH (n) RETURN count(*) AS count');
    const [relationships] = await ask('MATCH ()-[r]->() RETURN count(*) AS count');
    return [Number(nodes.count), Number(relationships.count)];
  });
}

async function kuzuQuestions(folder, file) {
  const ask = await openKuzu(folder);
  for (const { name, statement, parameters } of JSON.parse(text(file))) {
    try {
      say({ name, rows: await ask(statement, parameters) });
    } catch (error) {
      say({ name, error: String(error).slice(0, 300) });
    }
  }
}

async function sparql(file, queries) {
  const oxigraph = await importOxigraph();
  const store = new oxigraph.Store();
  store.load(text(file), { format: 'text/turtle' });
  for (const query of queries) {
    const rows = store.query(text(query)).map((row) => Object.fromEntries(
      [...row.entries()].map(([name, term]) => [name, term.value])));
    say({ name: path.basename(query, '.rq'), rows });
  }
}

const [what, folder, ...rest] = process.argv.slice(2);
if (what === 'counts') {
  await graphologyReaders(folder);
  await cytoscapeReader(folder);
  await rdfReaders(folder);
  await kuzuReader(folder);
} else if (what === 'kuzu') {
  await kuzuQuestions(folder, rest[0]);
} else {
  await sparql(folder, rest);
}
process.exit(0); // the database of Kùzu keeps its threads
