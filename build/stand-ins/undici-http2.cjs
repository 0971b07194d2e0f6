// What the bundle has in place of undici's HTTP/2, which is not asked for and would load Node's.
module.exports = () => {
  throw new Error('The bundle has no HTTP/2: see build/stand-ins/.');
};
