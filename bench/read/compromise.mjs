// How fast npm's compromise parses the same text and looks for five patterns of relations.
//
//   node compromise.mjs FOLDER MEGABYTES        (run where `npm install compromise` was)
//
// Prints one line of JSON.
import fs from 'node:fs';
import path from 'node:path';
import nlp from 'compromise';

const [folder, megabytes] = [process.argv[2], Number(process.argv[3])];
const patterns = [
  '(signed|ratified) the? #ProperNoun+',
  '(acceded|adhered) to the? #ProperNoun+',
  '(supports|welcomes|endorses) the? #Adjective? #ProperNoun+',
  '(member|party) (of|to) the? #ProperNoun+',
  '(established|adopted|hosted) (a|an|the) #Adjective? #Noun+',
];

const texts = [];
let bytes = 0;
const files = fs.readdirSync(folder, {recursive: true}).sort();
for (const file of files) {
  const full = path.join(folder, file);
  if (!fs.statSync(full).isFile()) continue;
  texts.push(fs.readFileSync(full, 'utf8'));
  bytes += Buffer.byteLength(texts.at(-1));
  if (bytes >= megabytes * 1e6) break;
}
let found = 0;
const begin = process.hrtime.bigint();
const cpuBegin = process.cpuUsage().user;
for (const text of texts) {
  const document = nlp(text);
  for (const pattern of patterns) found += document.match(pattern).length;
}
const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
const cpu_seconds = (process.cpuUsage().user - cpuBegin) / 1e6;
console.log(JSON.stringify({what: 'compromise', bytes, documents: texts.length, seconds, cpu_seconds, found}));
