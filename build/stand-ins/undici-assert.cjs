// undici asserts what always holds: Node's module, which words a failure, is loaded when there is one.
module.exports = (holds, message) => {
  if (!holds) process.getBuiltinModule('node:assert')(holds, message);
};
