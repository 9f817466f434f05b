// SPDX-License-Identifier: EUPL-1.2
// The catalogues speak of the same things in both languages, and of all and only what the pages say:
// same keys and arguments in it and en; every t('key') exists; no key is unused. A key made of data is written as a template
// with a literal beginning (t(`role-${role}`)): then at least one key has that beginning, and all that have it count as used.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@fluent/syntax';

const root = new URL('..', import.meta.url).pathname;
const problems = [];

function walk(folder, test) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((f) => f.isFile() && test(f.name))
    .map((f) => join(f.parentPath, f.name));
}

/** Names of the variables anywhere inside a pattern. */
function variables(node, found = new Set()) {
  if (Array.isArray(node)) node.forEach((n) => variables(n, found));
  else if (node !== null && typeof node === 'object') {
    if (node.type === 'VariableReference') found.add(node.id.name);
    else Object.values(node).forEach((v) => variables(v, found));
  }
  return found;
}

/** key or key.attribute → sorted arguments. */
function catalogue(language) {
  const messages = new Map();
  for (const file of walk(join(root, 'locales', language), (n) => n.endsWith('.ftl'))) {
    const text = readFileSync(file, 'utf8');
    if (!text.startsWith('# SPDX-License-Identifier: EUPL-1.2')) problems.push(`${file}: no licence line`);
    for (const entry of parse(text, { withSpans: true }).body) {
      if (entry.type === 'Junk') problems.push(`${file}: not understood near “${entry.content.trim().slice(0, 60)}”`);
      if (entry.type !== 'Message') continue;
      const add = (key, pattern) => {
        if (messages.has(key)) problems.push(`${language}: ${key} is there twice`);
        messages.set(key, [...variables(pattern)].toSorted((a, b) => a.localeCompare(b)).join(', '));
      };
      if (entry.value) add(entry.id.name, entry.value);
      for (const a of entry.attributes) add(`${entry.id.name}.${a.id.name}`, a.value);
    }
  }
  return messages;
}

const it = catalogue('it');
const en = catalogue('en');
for (const [key, args] of it) {
  if (!en.has(key)) problems.push(`en: ${key} is missing`);
  else if (en.get(key) !== args) problems.push(`${key}: arguments differ (it: ${args || 'none'}; en: ${en.get(key) || 'none'})`);
}
for (const key of en.keys()) if (!it.has(key)) problems.push(`it: ${key} is missing`);

const used = new Set();
for (const file of walk(join(root, 'src'), (n) => n.endsWith('.ts'))) {
  if (file.includes('/generated/')) continue;
  const source = readFileSync(file, 'utf8').replaceAll(/^\s*(?:\/\/|\*|\/\*\*).*$/gm, '');
  const gallery = file.includes('/gallery/');
  const where = file.slice(root.length);
  for (const [, key] of source.matchAll(/(?<![.\w])(?:t|has)\(\s*'([^']+)'/g)) {
    if (!it.has(key)) problems.push(`${where}: t('${key}') is in no catalogue`);
    if (!gallery) used.add(key);
  }
  for (const [, start] of source.matchAll(/(?<![.\w])(?:t|has)\(\s*`([^`$]*)\$\{/g)) {
    const matching = [...it.keys()].filter((k) => k.startsWith(start));
    if (start === '' || matching.length === 0) problems.push(`${where}: t(\`${start}…\`) begins no key of the catalogue`);
    else for (const key of matching) used.add(key);
  }
  // t(cond ? 'a' : 'b'), { label: 'menu-oggi' }: any literal that is exactly a key counts as its use.
  if (!gallery) for (const [, literal] of source.matchAll(/'([a-z][a-z0-9-]*(?:\.[a-z-]+)?)'/g)) if (it.has(literal)) used.add(literal);
}
for (const key of it.keys()) if (!used.has(key)) problems.push(`${key} is used nowhere`);

if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n${problems.length} problems in the catalogues\n`);
  process.exit(1);
}
process.stdout.write(`${it.size} messages, the same in both languages, all used\n`);
