import { useN8n } from './support/useN8n';

describe('the credential', () => {
	const n8n = useN8n();
	const test = (data: { baseUrl: string; apiKey: string }) =>
		n8n.client.post<{ status: string; message: string }>('/credentials/test', {
			credentials: { ...n8n.credential, type: 'chatVideoApi', data },
		});

	it.each(['', '/', '/v1', '/v1/', '/v1/chat/completions'])(
		'is tested with a key that is right, base URL …%s',
		async (end) => {
			const { url, apiKey } = n8n.relay;

			expect(await test({ baseUrl: `${url}${end}`, apiKey })).toEqual({
				status: 'OK',
				message: 'Connection successful!',
			});
			expect(n8n.relay.requests.map(({ path }) => path)).toEqual(['/v1/models']);
		},
	);

	it('is refused with a key that is wrong', async () => {
		const { status, message } = await test({ baseUrl: n8n.relay.url, apiKey: 'another-key' });

		expect(status).toBe('Error');
		expect(message).toBe('The service refuses the API key: “Invalid token”');
	});

	it('is refused when nobody listens', async () => {
		const { url, apiKey } = n8n.relay;
		await n8n.relay.close();

		const { status, message } = await test({ baseUrl: url, apiKey });

		expect(status).toBe('Error');
		expect(message).toContain('nothing listens there');
	});

	it('is refused where n8n’s own editor answers, or the address is none', async () => {
		const { apiKey } = n8n.relay;

		const page = await test({ baseUrl: n8n.client.url, apiKey });
		const word = await test({ baseUrl: 'example', apiKey });

		expect(page).toMatchObject({ status: 'Error' });
		expect(page.message).toContain('is no such service');
		expect(word).toMatchObject({ status: 'Error' });
		expect(word.message).toContain('is not an http(s) address: example');
	});
});
