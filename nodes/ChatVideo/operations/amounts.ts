import { InvalidInput } from '../n8n/InvalidInput';
import type { Label } from './option';

/** What a number in the panel counts. */
interface Unit {
	name: string;
	short: string;
	/** How many of ours one of it is. */
	size: number;
	/** The most of ours that can be. */
	most: number;
}

const inUnit =
	({ name, short, size, most }: Unit) =>
	(value: unknown, label: Label): number => {
		const given = Number(value);
		if (given > 0 && Number.isFinite(given)) return Math.min(given * size, most);
		throw new InvalidInput(
			`${label.title} must be a number of ${name} above 0, not ${JSON.stringify(value)}`,
			`Leave ${label.title} out for ${String(label.default)} ${short}.`,
		);
	};

/** Seconds as milliseconds; Node's timers fire at once above the most. */
export const toMilliseconds = inUnit({
	name: 'seconds',
	short: 's',
	size: 1_000,
	most: 2 ** 31 - 1,
});

/** Megabytes as bytes. */
export const toBytes = inUnit({
	name: 'megabytes',
	short: 'MB',
	size: 1024 ** 2,
	most: Number.MAX_SAFE_INTEGER,
});

/** How many of something there are to be, at least one. */
export function toCount(value: unknown, { title, default: usual }: Label): number {
	const given = Math.floor(Number(value));
	if (given >= 1 && Number.isFinite(given)) return given;
	throw new InvalidInput(
		`${title} must be a whole number above 0, not ${JSON.stringify(value)}`,
		`Leave ${title} out for ${String(usual)}.`,
	);
}

/** Expressions give text as often as a boolean. */
export function toFlag(value: unknown, { title, default: usual }: Label): boolean {
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	throw new InvalidInput(
		`${title} must be true or false, not ${JSON.stringify(value)}`,
		`Leave ${title} out for ${String(usual)}.`,
	);
}
