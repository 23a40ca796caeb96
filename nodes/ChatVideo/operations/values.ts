import type { NodeParameterValueType } from 'n8n-workflow';
import { InvalidInput } from '../n8n/InvalidInput';

/** What a sentence about a value needs: its name in the panel without a unit, and what is usual. */
export interface Label {
	title: string;
	default: NodeParameterValueType;
}

export const isUnset = (value: unknown): boolean =>
	value === undefined || value === null || value === '';

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
		throw refused(value, label, `a number of ${name} above 0`, ` ${short}`);
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
export function toCount(value: unknown, label: Label): number {
	const given = Math.floor(Number(value));
	if (given >= 1 && Number.isFinite(given)) return given;
	throw refused(value, label, 'a whole number above 0');
}

/** Expressions give text as often as a boolean. */
export function toFlag(value: unknown, label: Label): boolean {
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	throw refused(value, label, 'true or false');
}

function refused(value: unknown, label: Label, expected: string, unit = ''): InvalidInput {
	const { title, default: usual } = label;
	return new InvalidInput(
		`${title} must be ${expected}, not ${JSON.stringify(value)}`,
		`Leave ${title} out for ${String(usual)}${unit}.`,
	);
}
