import { ChatError } from '../chat/errors';
import { isRecord } from '../chat/json';

const shortestSecret = 8; // characters; a shorter one is a placeholder, and may be part of words

/**
 * A value without the key in any of its texts: a relay can print the key it was sent, and what it
 * prints is kept, shown and handed on. What does not hold the key comes back as it is.
 *
 * @param value plain data, or a `ChatError`
 */
export function redact<T>(value: T, apiKey: string): T {
	if (apiKey.length < shortestSecret) return value;
	// As it is, in an address, and in JSON within a text.
	const forms = [apiKey, encodeURIComponent(apiKey), JSON.stringify(apiKey).slice(1, -1)];
	return [...new Set(forms)].reduce<unknown>(hide, value) as T;
}

function hide(value: unknown, key: string): unknown {
	if (typeof value === 'string') return value.includes(key) ? value.replaceAll(key, '***') : value;
	if (value instanceof ChatError) return hideInError(value, key);
	if (Array.isArray(value)) {
		const hidden = value.map((entry) => hide(entry, key));
		return hidden.every((entry, index) => entry === value[index]) ? value : hidden;
	}
	if (!isRecord(value)) return value;
	const entries = Object.entries(value).map(
		([name, held]) => [hide(name, key) as string, hide(held, key)] as const,
	);
	const same = entries.every(([name, held]) => Object.hasOwn(value, name) && value[name] === held);
	return same ? value : Object.fromEntries(entries);
}

/** Its cause is not shown to anybody, and may be anything. */
function hideInError(error: ChatError, key: string): ChatError {
	const { cause, ...facts } = error.facts;
	const message = hide(error.message, key) as string;
	const hidden = hide(facts, key) as typeof facts;
	if (message === error.message && hidden === facts) return error;
	return new ChatError(error.kind, message, { ...hidden, cause });
}
