// The API request of the pass-throughs, with the headers that our server sends.
import { gunzipSync } from 'node:zlib';
import { Pool } from 'undici';

const { CHARITYLOG_BASE_URL = '', ...env } = process.env;
const { origin, pathname } = new URL(CHARITYLOG_BASE_URL);
const pool = new Pool(origin, { connections: 1 });
const headers = {
  accept: 'application/json',
  'accept-encoding': 'gzip, br',
  source: env.CHARITYLOG_SOURCE_KEY,
  org: env.CHARITYLOG_ORG_KEY,
  user: env.CHARITYLOG_USER_KEY,
};

export async function askApi(path) {
  const answer = await pool.request({ method: 'GET', path: pathname + path, headers });
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  return JSON.parse(answer.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes);
}
