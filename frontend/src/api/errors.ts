/** An error Go answered with, or the page's own "timeout": a stable code, never prose. */
export class ApiError extends Error {
  readonly code: string
  readonly params: Readonly<Record<string, string>>

  constructor(code: string, params: Record<string, string> = {}) {
    super(code)
    this.name = 'ApiError'
    this.code = code
    this.params = params
  }
}

/** Reads what a bound method rejected with: an Error whose message is a JSON
 * string {code, params}. Anything else is "internal"; its text is not kept, as
 * it could hold what was scanned. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown
  const text = thrown instanceof Error ? thrown.message : thrown
  if (typeof text === 'string') {
    try {
      const parsed: unknown = JSON.parse(text)
      if (isCoded(parsed)) return new ApiError(parsed.code, parsed.params ?? {})
    } catch {
      // Not JSON: falls through to "internal".
    }
  }
  return new ApiError('internal')
}

function isCoded(value: unknown): value is { code: string; params?: Record<string, string> } {
  return typeof value === 'object' && value !== null && typeof (value as { code?: unknown }).code === 'string'
}
