// The MCP SDK builds hundreds of zod schemas before it answers its first message, and uses a tenth of them: a third of
// our start-up. This esbuild plugin has each built when it is first used, or left out where nothing uses it. And it asks
// of each message several times what it is, by schemas that take long to build and mostly don't fit: a third of what a
// short answer costs. The plugin puts a plain look at the message in front, and reads plain calls and results without
// their schemas. It changes when a schema is built and used, never what it says of a value. Where the SDK's text no longer
// has the shape that it knows, the build fails.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'acorn';

const files = [
  [/@modelcontextprotocol[\\/]core[\\/]dist[\\/](?:schemas|auth)-[\w-]+\.mjs$/, buildSharedWhenUsed],
  [/@modelcontextprotocol[\\/]server[\\/]dist[\\/]src-[\w-]+\.mjs$/, buildWhenUsed],
  [/@modelcontextprotocol[\\/]core[\\/]dist[\\/]internal\.mjs$/, () => undefined],
  [/zod[\\/]v4[\\/]classic[\\/]schemas\.js$/, importDirectly],
  [
    /@modelcontextprotocol[\\/]server[\\/].+\.mjs$/,
    (program, edits) => callShared(program, edits, /\/src-[\w-]+\.mjs$/),
  ],
  [/@modelcontextprotocol[\\/].+\.mjs$/, callShared],
];

const shared = /^@modelcontextprotocol\/core\/internal$|\/(?:schemas|auth)-[\w-]+\.mjs$/;

export const lazySchemas = {
  name: 'lazy-schemas',
  setup(build) {
    const counts = files.map(() => 0);
    let isOfServer = false;
    for (const [kind, [filter, edit]] of files.entries()) {
      build.onLoad({ filter }, async ({ path }) => {
        counts[kind]++;
        isOfServer ||= /@modelcontextprotocol[\\/]server[\\/]/.test(path);
        return { contents: rewrite(await readFile(path, 'utf8'), edit), loader: 'js' };
      });
    }
    build.onEnd(() => expect(!isOfServer || String(counts.slice(0, 4)) === '2,1,1,1', 'files with schemas'));
  },
};

/** The schemas that all versions of the protocol share: each becomes a function, which is left out if nothing uses it. */
function buildSharedWhenUsed(program, edits) {
  const schemas = constantsOf(program).filter(({ id }) => isSchema(id.name));
  expect(schemas.length > 10, 'shared schemas');
  makeFunctions(schemas, program, edits);
}

/**
 * What imports the shared schemas calls them, and what it exports again is what they give.
 *
 * @param sources what else hands on shared schemas as they are
 */
function callShared(program, edits, sources) {
  const names = callImported(program, edits, sources);
  for (const node of program.body.filter(({ type, source }) => type === 'ExportNamedDeclaration' && !source)) {
    const again = node.specifiers.filter(({ local }) => names.has(local.name));
    const made = again.map(({ local }) => `const ${local.name}$made = ${pure(`${local.name}()`)};\n`).join('');
    for (const one of again) edits.set(one, () => `${one.local.name}$made as ${one.exported.name}`);
    edits.set(node, render => made + render(node));
  }
}

/** Each use of an imported shared schema calls it; a field of a class that is made of one is made when it is read. */
function callImported(program, edits, sources = shared) {
  const isFromThere = ({ type, source }) =>
    type === 'ImportDeclaration' && (shared.test(source.value) || sources.test(source.value));
  const imports = program.body.filter(isFromThere);
  const names = new Set(imports.flatMap(node => node.specifiers.map(({ local }) => local.name)).filter(isSchema));
  callUses(names, program, edits);
  const isOfSchema = ({ type, value }) =>
    type === 'PropertyDefinition' &&
    value?.type === 'NewExpression' &&
    nodesIn(value).some(node => names.has(node.name));
  for (const field of nodesIn(program).filter(isOfSchema)) {
    edits.set(field, render => `get ${field.key.name}() { return ${render(field.value)}; }`);
  }
  return names;
}

function isSchema(name) {
  return /^[A-Z]\w*Schema(\$\d+)?$/.test(name);
}

/**
 * The schemas of each version, which two functions build as a whole: they and what derives from them is built when
 * used. What derives from shared schemas is, too, and the list of all of those is left out unless it is used.
 */
function buildWhenUsed(program, edits) {
  callImported(program, edits);
  const functions = name => program.body.filter(node => node.type === 'FunctionDeclaration' && name.test(node.id.name));
  const builders = functions(/^build(\$\d+)?$/);
  const maps = functions(/^(registryMaps|getWireResultSchemas)$/);
  expect(builders.length === 2 && maps.length === 2, 'functions that build schemas');
  for (const { body } of builders) {
    makeFunctions(constantsOf(body), body, edits);
    for (const { init } of constantsOf(body)) makeGetters(init, edits);
    makeGetters(body.body.at(-1).argument, edits);
  }
  for (const node of maps.flatMap(nodesIn)) {
    if (node.properties?.every(({ value }) => value.type === 'MemberExpression')) makeGetters(node, edits);
  }
  const derived = constantsOf(program).filter(({ id }) => /^(ROOT_KEYS|\w+_KEYS_BY_TYPE|\w+_FORMATS)$/.test(id.name));
  makeFunctions(derived, program, edits);
  leaveOutList(program, edits);
  lookFirst(program, edits);
  readPlainFirst(program, edits);
  importPlain(program, edits);
}

/** What the strict schemas of messages say of their keys, and what tells plain ones without a schema. */
const messages = {
  isJSONRPCRequest: ["'method' in value && 'id' in value", 'isPlainRequest'],
  isJSONRPCNotification: ["'method' in value && !('id' in value)", 'isPlainNotification'],
  isJSONRPCResultResponse: ["'result' in value", 'isPlainResult'],
  isJSONRPCErrorResponse: ["'error' in value"],
};

/** What tells messages apart, and what reads one, asks a schema only of a message whose keys fit and that isn't plain. */
function lookFirst(program, edits) {
  const guards = constantsOf(program).filter(({ id }) => Object.hasOwn(messages, id.name));
  const isKnown = ({ init }) => init.type === 'ArrowFunctionExpression' && init.params[0]?.name === 'value';
  expect(guards.length === Object.keys(messages).length && guards.every(isKnown), 'what tells messages apart');
  for (const { id, init } of guards) {
    const [keys, isPlain] = messages[id.name];
    const plain = isPlain ? `${isPlain}(value) || ` : '';
    edits.set(
      init.body,
      render => `${plain}typeof value === 'object' && value !== null && ${keys} && ${render(init.body)}`,
    );
  }
  const reader = program.body.find(node => node.id?.name === 'deserializeMessage');
  const read = reader?.body.body[0]?.argument;
  expect(read?.callee?.property?.name === 'parse' && read.arguments.length === 1, 'what reads messages');
  edits.set(read, render => `plainOr(${render(read.arguments[0])}, value => ${render(read.callee)}(value))`);
}

/** What reads calls and results by the schemas of the versions with sessions, and what reads plain ones without. */
const readers = {
  validateRequest: ['getRequestSchema', 'plainRequest'],
  validateNotification: ['getNotificationSchema', 'plainNotification'],
  validateResult: ['getResultSchema', 'plainResult'],
};

/** A schema is asked only of a call or result that isn't plain. */
function readPlainFirst(program, edits) {
  const isReader = ({ type, key, value }) =>
    type === 'Property' &&
    Object.hasOwn(readers, key.name) &&
    value.body?.arguments?.[0]?.callee?.name === readers[key.name][0];
  const found = nodesIn(program).filter(isReader);
  const takeBoth = found.every(({ value }) => String(value.params.map(({ name }) => name)) === 'method,raw');
  expect(found.length === Object.keys(readers).length && takeBoth, 'what reads calls and results');
  for (const { key, value } of found) {
    edits.set(value.body, render => `${readers[key.name][1]}(method, raw) ?? ${render(value.body)}`);
  }
}

/** The functions of ours that the two above put into the SDK's text. */
function importPlain(program, edits) {
  const names = {
    'plain-messages.mjs': 'isPlainRequest, isPlainNotification, isPlainResult, plainOr',
    'plain-calls.mjs': 'plainRequest, plainNotification, plainResult',
  };
  const imports = Object.entries(names).map(([file, names]) => {
    const path = fileURLToPath(new URL(`stand-ins/${file}`, import.meta.url));
    return `import { ${names} } from ${JSON.stringify(path)};\n`;
  });
  edits.set(program, render => imports.join('') + render(program));
}

/** Of zod, what is imported by way of a list of modules: such a list becomes an object, which takes long to fill. */
function importDirectly(program, edits) {
  const isOfList = ({ type, specifiers }) => type === 'ImportDeclaration' && specifiers[0]?.imported?.name === 'util';
  const imports = program.body.filter(isOfList);
  expect(imports.length === 1 && imports[0].source.value === '../core/index.js', "zod's import of its utilities");
  edits.set(imports[0], () => "import * as util from '../core/util.js';");
}

/** Each `const X = ...` becomes a function that gives X, built at its first call; each use of X in the scope calls it. */
function makeFunctions(constants, scope, edits) {
  const lazy = constants.filter(({ init }) => init.type !== 'ArrowFunctionExpression');
  callUses(new Set(lazy.map(({ id }) => id.name)), scope, edits);
  for (const { init } of lazy) {
    const used = edits.get(init);
    edits.set(init, render => `/* @__PURE__ */ (made => () => made ??= ${used ? used(render) : render(init)})()`);
  }
}

/** Each use of one of these names in the scope becomes a call. */
function callUses(names, scope, edits) {
  for (const { node, parent } of withParents(scope)) {
    if (node.type === 'Identifier' && names.has(node.name) && isUse(node, parent)) {
      edits.set(node, () => `${node.name}()`);
      if (parent.shorthand) edits.set(parent, render => `${node.name}: ${render(node)}`);
    }
  }
}

/** Each `key: value` of an object becomes a getter that reads its value once. */
function makeGetters(object, edits) {
  for (const property of object?.type === 'ObjectExpression' ? object.properties : []) {
    if (property.type !== 'Property') continue;
    const { key, value } = property;
    const name = JSON.stringify(key.name ?? key.value);
    const define = `Object.defineProperty(this, ${name}, { value, enumerable: true })`;
    edits.set(property, render => `get ${name}() { const value = ${render(value)}; ${define}; return value; }`);
  }
}

/** `specTypeSchemas` and `isSpecType`, filled by two loops over all schemas. */
function leaveOutList(program, edits) {
  const at = program.body.findIndex(node => node.declarations?.[0].id.name === '_specTypeSchemas');
  const [first, second, register, ...loops] = program.body.slice(at, at + 5);
  const published = constantsOf(program).filter(({ id }) => /^(isSpecType|specTypeSchemas)$/.test(id.name));
  const signIn = constantsOf(program).find(({ id }) => id.name === 'authSchemas');
  const isKnown =
    signIn && register?.type === 'FunctionDeclaration' && loops.every(node => node.type === 'ForOfStatement');
  expect(at > 0 && second.declarations?.[0].id.name === '_isSpecType' && isKnown && published.length === 2, 'its list');
  makeGetters(signIn.init, edits);
  edits.set(first, render => `const __list = /* @__PURE__ */ (() => { ${render(first)}`);
  edits.set(loops[1], render => `${render(loops[1])} return { _specTypeSchemas, _isSpecType }; })();`);
  for (const { init } of published) {
    const [list] = init.arguments;
    edits.set(init, () => pure(`Object.freeze(__list.${list.name})`));
  }
}

function pure(expression) {
  return `/* @__PURE__ */ (() => ${expression})()`;
}

function constantsOf({ body }) {
  return body.flatMap(node => (node.type === 'VariableDeclaration' && node.kind === 'const' ? node.declarations : []));
}

function isUse(identifier, parent) {
  if (parent.type === 'MemberExpression') return parent.object === identifier || parent.computed;
  if (parent.type === 'Property') return parent.value === identifier || parent.computed;
  if (/^(Im|Ex)portSpecifier$/.test(parent.type)) return false;
  return parent.type !== 'VariableDeclarator' || parent.init === identifier;
}

function childrenOf(node) {
  const isNode = value => typeof value?.type === 'string';
  return Object.values(node)
    .flat()
    .filter(isNode)
    .sort((a, b) => a.start - b.start);
}

function withParents(node) {
  return childrenOf(node).flatMap(child => [{ node: child, parent: node }, ...withParents(child)]);
}

function nodesIn(node) {
  return withParents(node).map(found => found.node);
}

/** The text with edits: by node, a function that gives its new text, and may render the node itself or one in it. */
function rewrite(text, edit) {
  const edits = new Map();
  const program = parse(text, { ecmaVersion: 'latest', sourceType: 'module' });
  edit(program, edits);
  const render = (node, edited) => {
    const change = edits.get(node);
    if (change && node !== edited) return change(inner => render(inner, node));
    let [out, at] = ['', node.start];
    for (const child of childrenOf(node)) {
      if (child.start < at) continue;
      out += text.slice(at, child.start) + render(child);
      at = child.end;
    }
    return out + text.slice(at, node.end);
  };
  return render(program);
}

function expect(isAsKnown, what) {
  if (!isAsKnown) throw new Error(`build/lazy-schemas.mjs doesn't know this version of the MCP SDK: look for ${what}`);
}
