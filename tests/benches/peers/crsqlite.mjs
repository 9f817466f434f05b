// SPDX-License-Identifier: EUPL-1.2
// cr-sqlite: three SQLite files, a table whose rows merge, and its changes as JSON over HTTP, compressed. Run in a folder where
// @vlcn.io/crsqlite and better-sqlite3 are installed: node crsqlite.mjs <records> <folder for data>
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { records, tell, timed } from './records.mjs';

const require = createRequire(path.join(process.cwd(), 'package.json'));
const Database = require('better-sqlite3');
const { extensionPath } = require('@vlcn.io/crsqlite');
const [many, folder] = [Number(process.argv[2]), path.resolve(process.argv[3])];
const BATCH = 20_000;
const COLUMNS = ['id', 'kind', 'desk', 'seq', 'at', 'household', 'tax_code', 'name', 'voucher', 'amount_cents', 'operator', 'note'];

function open(name) {
  const database = new Database(path.join(folder, name));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.loadExtension(extensionPath);
  database.exec(`CREATE TABLE delivery (id TEXT PRIMARY KEY NOT NULL, ${COLUMNS.slice(1).map((c) => `"${c}"`).join(', ')}); SELECT crsql_as_crr('delivery');`);
  return database;
}

const FIELDS = '"table", hex(pk) AS pk, cid, val, col_version, db_version, hex(site_id) AS site_id, cl, seq';
const changes = (database, after) => database.prepare(`SELECT ${FIELDS} FROM crsql_changes WHERE db_version > ? ORDER BY db_version, seq LIMIT ${BATCH}`).all(after);
function merge(database, rows) {
  const insert = database.prepare('INSERT INTO crsql_changes ("table", pk, cid, val, col_version, db_version, site_id, cl, seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  database.transaction(() => {
    for (const r of rows) insert.run(r.table, Buffer.from(r.pk, 'hex'), r.cid, r.val, r.col_version, r.db_version, Buffer.from(r.site_id, 'hex'), r.cl, r.seq);
  })();
}
/** The batch without its last, perhaps broken, transaction, unless it is the only one. */
function whole(rows) {
  const last = rows.at(-1)?.db_version;
  const before = rows.filter((r) => r.db_version !== last);
  return rows.length < BATCH || before.length === 0 ? rows : before;
}

const [a, server, b] = [open('a.db'), open('server.db'), open('b.db')];
const insert = a.prepare(`INSERT INTO delivery VALUES (${COLUMNS.map(() => '?').join(', ')})`);
const all = records(many);
const [made] = await timed(() => {
  for (const r of all) insert.run(COLUMNS.map((c) => r[c]));
});
const http = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  if (request.method === 'POST') {
    merge(server, JSON.parse(gunzipSync(Buffer.concat(parts)).toString()));
    response.end();
  } else {
    response.end(gzipSync(JSON.stringify(whole(changes(server, Number(request.url.slice(1)))))));
  }
});
await new Promise((done) => http.listen(0, '127.0.0.1', done));
const url = `http://127.0.0.1:${http.address().port}`;
let sent = 0;
const [pushed] = await timed(async () => {
  for (let after = 0; ;) {
    const rows = whole(changes(a, after));
    if (rows.length === 0) return;
    const body = gzipSync(JSON.stringify(rows));
    sent += body.length;
    await fetch(url, { method: 'POST', body });
    after = rows.at(-1).db_version;
  }
});
let received = 0;
const [pulled] = await timed(async () => {
  for (let after = 0; ;) {
    const body = Buffer.from(await (await fetch(`${url}/${after}`)).arrayBuffer());
    received += body.length;
    const rows = JSON.parse(gunzipSync(body).toString());
    if (rows.length === 0) return;
    merge(b, rows);
    after = rows.at(-1).db_version;
  }
});
const count = b.prepare('SELECT count(*) AS n FROM delivery').get().n;
if (count !== many) throw new Error(`${count} received`);
tell({ peer: 'cr-sqlite', local: many / made, push: many / pushed, pull: many / pulled, push_bytes: sent / many, pull_bytes: received / many });
process.exit(0);
