import { ChatError } from '../chat/errors';
import { isRecord } from '../chat/json';

const shortestSecret = 8; // characters; a shorter one is a placeholder, and may be part of words

/** Takes a key out of values. */
export type Redactor = <T>(value: T) => T;

/**
 * A value without the key in any of its texts: a relay can print the key it was sent, and what it
 * prints is kept, shown and handed on. What does not hold the key comes back as it is.
 *
 * @param value plain data, or a `ChatError`
 */
export const redact = <T>(value: T, apiKey: string): T => createRedactor(apiKey)(value);

/** `redact` for many values. */
export function createRedactor(apiKey: string): Redactor {
	if (apiKey.length < shortestSecret) return (value) => value;
	const secrets = [apiKey, ...inBase64(apiKey)].map(secretOf);
	return <T>(value: T) => hide(value, secrets) as T;
}

/**
 * The key as it stands in Base64, as of `Basic` credentials: at each of its places in a group of
 * three bytes, without the letters that other bytes have a part in.
 */
const inBase64 = (apiKey: string): readonly string[] =>
	['', '.', '..'].map((before) => {
		const bytes = Buffer.from(before + apiKey);
		const text = bytes.toString('base64').slice(0, Math.floor((bytes.length * 8) / 6));
		return text.slice(Math.ceil((before.length * 8) / 6));
	});

/** What may be the key, and whether it is. */
interface Secret {
	pattern: RegExp;
	isFound(text: string): boolean;
}

const mostShown = 11; // characters; a sentence may cut the key, as it cuts what it quotes

/**
 * The key as it is, in any letters, as a host has only small ones; with what an address or JSON
 * escapes of it; and the beginning of one that is cut off. Many tokens begin alike, also those in
 * links that are signed, so all that is there must be the key's.
 */
function secretOf(apiKey: string): Secret {
	const key = plain(apiKey);
	return { pattern: patternOf(apiKey), isFound: (text) => key.startsWith(plain(text)) };
}

/** It is no longer with a longer key: tokens have thousands of letters. */
export function patternOf(apiKey: string): RegExp {
	const letters = [...apiKey].map((letter) => {
		if (/\w/.test(letter)) return letter;
		const hex = letter.charCodeAt(0).toString(16).padStart(2, '0');
		const inUrl = inUrls.get(letter) ?? '';
		return `(?:\\\\{0,3}(?:[\\x${hex}${inUrl}]|u00${hex})|%(?:25)?${hex}|&#x${hex};)`;
	});
	const start = letters.slice(0, mostShown + 1);
	const rest = letters.slice(mostShown + 1);
	const others = rest.filter((letter) => letter.length > 1);
	const any = [...new Set(['\\w', ...others])].join('|');
	return new RegExp(`${start.join('')}(?:${any}){0,${rest.length}}`, 'gi');
}

/** Base64 has other letters for these in addresses. */
const inUrls: ReadonlyMap<string, string> = new Map([
	['+', '-'],
	['/', '_'],
]);

/** Without escapes, in small letters. */
const plain = (text: string): string =>
	text
		.replace(/(?:%(?:25)?|\\u00)([\da-f]{2})|&#x([\da-f]{2});/gi, (_, hex, ofPage) =>
			String.fromCharCode(Number.parseInt(String(hex ?? ofPage), 16)),
		)
		.replace(/\\+/g, '')
		.replaceAll('-', '+')
		.replaceAll('_', '/')
		.toLowerCase();

function hide(value: unknown, key: readonly Secret[]): unknown {
	if (typeof value === 'string') {
		return key.reduce(
			(text, { pattern, isFound }) =>
				text.replace(pattern, (found) => (isFound(found) ? '***' : found)),
			value,
		);
	}
	if (value instanceof ChatError) return hideInError(value, key);
	if (Array.isArray(value)) {
		const hidden = value.map((entry) => hide(entry, key));
		return hidden.every((entry, index) => entry === value[index]) ? value : hidden;
	}
	if (!isRecord(value)) return value;
	let isSame = true;
	const entries = Object.entries(value).map(([name, held]) => {
		const entry = [hide(name, key) as string, hide(held, key)] as const;
		isSame &&= entry[0] === name && entry[1] === held;
		return entry;
	});
	return isSame ? value : Object.fromEntries(entries);
}

/** Its cause is not shown to anybody, and may be anything. */
function hideInError(error: ChatError, key: readonly Secret[]): ChatError {
	const { cause, ...facts } = error.facts;
	const message = hide(error.message, key) as string;
	const hidden = hide(facts, key) as typeof facts;
	if (message === error.message && hidden === facts) return error;
	return new ChatError(error.kind, message, { ...hidden, cause });
}
