/** A JSON object of which nothing is known yet: each value is looked at before it is used. */
export type JsonRecord = Record<string, unknown>;

/** Whether a value is an object with names, and no array. */
export const isRecord = (value: unknown): value is JsonRecord =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value's text: a non-empty string or a number as written; anything else is no text. */
export function textOf(value: unknown): string | undefined {
	if (typeof value === 'string') return value === '' ? undefined : value;
	return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

/** Parses JSON where not being JSON is an answer too; `undefined` stands for it. */
export function parseJson(source: string): unknown {
	// The error that is thrown otherwise costs more than reading a whole chunk.
	if (!/^\s*[[{"\dtfn-]/.test(source)) return undefined;
	try {
		return JSON.parse(source) as unknown;
	} catch {
		return undefined;
	}
}
