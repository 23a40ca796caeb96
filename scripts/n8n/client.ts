/** n8n's own REST interface, as its editor uses it. */
export interface Client {
	readonly url: string;
	/** What a browser needs to be signed in as well. */
	readonly cookie: { name: string; value: string };
	readonly browserId: string;
	get<T>(path: string): Promise<T>;
	post<T>(path: string, body?: object): Promise<T>;
	patch<T>(path: string, body: object): Promise<T>;
}

/** Who signs in to the n8n of this project; it listens on this machine only. */
export const owner = {
	email: 'owner@example.com',
	password: 'ChatVideo1',
	firstName: 'Chat',
	lastName: 'Video',
} as const;

/** n8n binds a session to the browser that opened it. */
const browserId = '5a3f1c52-7f0e-4b8e-9c55-3d0a7b6c1e24';

/** Signs in; a new n8n gets its owner. */
export async function openClient(url: string): Promise<Client> {
	let cookie = { name: '', value: '' };
	const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
		const answer = await fetch(`${url}/rest${path}`, {
			method,
			headers: {
				'browser-id': browserId,
				...(cookie.value && { cookie: `${cookie.name}=${cookie.value}` }),
				...(body && { 'content-type': 'application/json' }),
			},
			...(body && { body: JSON.stringify(body) }),
		});
		const text = await answer.text();
		if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
		const [name = '', value = ''] = answer.headers.getSetCookie()[0]?.split(/[=;]/) ?? [];
		if (name === 'n8n-auth') cookie = { name, value };
		return (JSON.parse(text) as { data: T }).data;
	};
	const { userManagement } = await call<{
		userManagement: { showSetupOnFirstLoad: boolean };
	}>('GET', '/settings');
	const { email: emailOrLdapLoginId, password } = owner;
	await (userManagement.showSetupOnFirstLoad
		? call('POST', '/owner/setup', owner)
		: call('POST', '/login', { emailOrLdapLoginId, password }));
	return {
		url,
		get cookie() {
			return cookie;
		},
		browserId,
		get: (path) => call('GET', path),
		post: (path, body = {}) => call('POST', path, body),
		patch: (path, body) => call('PATCH', path, body),
	};
}
