/**
 * A request that the sandbox refuses, answered as `{"error": message}`. The manual documents no status codes: 400 for a URL or
 * body that can't be read, 401 wrong keys, 403 read-only licence, 404 unknown, 405 method, 415 body encoding, 422 values.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
