// What the bundle has in place of undici's bodies of fetch: ours are texts.
exports.extractBody = () => {
  throw new Error('The bundle sends texts only: see build/stand-ins/.');
};
