// What reading an address costs with fetch and JSON.parse, or with each byte dropped as it comes, and nothing else. Speaks the
// lines of JSON of the servers.
const ways = {
  read: async answer => JSON.parse(await answer.text()).length,
  drop: async answer => {
    for await (const _ of answer.body);
    return undefined;
  },
};

let rest = '';
process.stdin.setEncoding('utf8').on('data', async text => {
  const lines = (rest + text).split('\n');
  rest = lines.pop();
  for (const line of lines) {
    const { id, method, params } = JSON.parse(line);
    const records = await ways[method](await fetch(params.url, { headers: params.headers }));
    process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result: { records } })}\n`);
  }
});
