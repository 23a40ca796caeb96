/** A pattern with `+$` would take quadratic time on a long run of such characters. */
export function trimEnd(text: string, unwanted: RegExp): string {
	let end = text.length;
	while (end > 0 && unwanted.test(text.charAt(end - 1))) end -= 1;
	return text.slice(0, end);
}
