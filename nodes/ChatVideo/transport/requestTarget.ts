/** An http(s) address with a path of visible ASCII: what may stand in a request as it is. */
const written = /^https?:\/\/[^\s/?#\\]+([/?][!"$-[\]-~]*)?(?:#.*)?$/is;

/**
 * What undici wants of an address. Its path goes out as it is written, wherever HTTP allows that:
 * parsing a URL encodes some characters again, and a signed link holds for one spelling only.
 */
export function requestTarget(url: string): { origin: string; path: string } {
	const { origin, pathname, search } = new URL(url);
	const match = written.exec(url);
	if (match === null) return { origin, path: pathname + search };
	const [, path = '/'] = match;
	return { origin, path: path.startsWith('?') ? `/${path}` : path };
}
