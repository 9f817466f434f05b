// SPDX-License-Identifier: EUPL-1.2
// PouchDB at both ends (LevelDB files), pouchdb-server between them: records made offline one by one, replicated to an empty server, and
// by a fresh client from it. Run in a folder where both are installed: node pouchdb.mjs <records> <folder for data>
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { records, tell, timed } from './records.mjs';

const require = createRequire(path.join(process.cwd(), 'package.json'));
const PouchDB = require('pouchdb');
const [many, folder] = [Number(process.argv[2]), path.resolve(process.argv[3])];
const BATCH = 1000;

async function freePort() {
  const probe = createServer();
  await new Promise((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

/** Stands before the server and counts what passes, both ways. */
async function meter(target) {
  const counted = { bytes: 0 };
  const before = createServer((client) => {
    const server = connect(target, '127.0.0.1');
    for (const [from, to] of [[client, server], [server, client]]) {
      from.on('data', (chunk) => { counted.bytes += chunk.length; });
      from.on('error', () => to.destroy());
      from.pipe(to);
    }
  });
  await new Promise((done) => before.listen(0, '127.0.0.1', done));
  return { counted, port: before.address().port };
}

const port = await freePort();
const server = spawn(process.execPath, [require.resolve('pouchdb-server/bin/pouchdb-server'), '--host', '127.0.0.1', '--port', String(port), '--dir', path.join(folder, 'server'), '--no-stdout-logs', '--config', path.join(folder, 'config.json')], { stdio: 'ignore', cwd: folder });
try {
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    try {
      if ((await fetch(url)).ok) break;
    } catch (error) {
      if (tries > 100) throw error;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  const docs = records(many).map(({ id, ...rest }) => ({ _id: id, ...rest }));
  const local = new PouchDB(path.join(folder, 'a'));
  const [made] = await timed(async () => {
    for (const doc of docs) await local.put(doc);
  });
  const { counted, port: metered } = await meter(port);
  const remote = new PouchDB(`http://127.0.0.1:${metered}/office`);
  await remote.info();
  counted.bytes = 0;
  const [pushed, sent] = await timed(() => local.replicate.to(remote, { batch_size: BATCH }));
  const pushBytes = counted.bytes;
  counted.bytes = 0;
  const fresh = new PouchDB(path.join(folder, 'b'));
  const [pulled, got] = await timed(() => fresh.replicate.from(remote, { batch_size: BATCH }));
  if (sent.docs_written !== many || got.docs_written !== many) throw new Error(`${sent.docs_written} sent, ${got.docs_written} received`);
  tell({ peer: 'PouchDB, pouchdb-server', local: many / made, push: many / pushed, pull: many / pulled, push_bytes: pushBytes / many, pull_bytes: counted.bytes / many });
} finally {
  server.kill();
}
process.exit(0);
