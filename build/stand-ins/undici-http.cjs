// What undici needs of Node's HTTP, which takes long to load: a class that nothing here is of, and Node's own limit of an
// answer's headers, in bytes.
exports.IncomingMessage = class {};
exports.maxHeaderSize = 16_384;
