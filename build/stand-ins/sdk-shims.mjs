// What the bundle has in place of the MCP SDK's own file of this purpose, which brings a validator of JSON Schemas along.
const { process } = globalThis;

export { process };

export class DefaultJsonSchemaValidator {
  getValidator() {
    throw new Error('The bundle has no validator of JSON Schemas: see build/build.mjs.');
  }
}
