/** An address for a sentence: a user and a password before the host are nobody's to see. */
export function withoutUser(address: string): string {
	const at = address.lastIndexOf('@');
	if (at === -1) return address;
	const [scheme = ''] = /^[a-z][a-z\d+.-]{0,20}:\/\//i.exec(address) ?? [];
	return scheme + address.slice(at + 1);
}
