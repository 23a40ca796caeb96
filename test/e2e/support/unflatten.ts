type Flat = string | number | boolean | null | { [key: string]: Flat } | Flat[];

/** Reads what the package `flatted` wrote: a list of values, in which texts inside of others are places in it. */
export function unflatten(text: string): unknown {
	const values = JSON.parse(text) as Flat[];
	const read = new Map<Flat, unknown>();
	const at = (place: Flat): unknown => {
		if (typeof place !== 'string') return place;
		const value = values[Number(place)] ?? null;
		if (typeof value !== 'object' || value === null) return value;
		if (read.has(value)) return read.get(value);
		const whole: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
		read.set(value, whole);
		for (const [key, inner] of Object.entries(value)) Object.assign(whole, { [key]: at(inner) });
		return whole;
	};
	return at('0');
}
