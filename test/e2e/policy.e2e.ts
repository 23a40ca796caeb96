import { chain, chatVideo, trigger } from './support/chain';
import { startN8n } from './support/startN8n';
import { useN8n } from './support/useN8n';

describe('an n8n that forbids private addresses', () => {
	const n8n = useN8n({
		start: () =>
			startN8n({ N8N_SSRF_PROTECTION_ENABLED: 'true', N8N_SSRF_ALLOWED_HOSTNAMES: 'localhost' }),
	});
	/** The name is allowed, the number is not. */
	const byName = () => n8n.relay.url.replace('127.0.0.1', 'localhost');

	it('refuses a service on one with a sentence, before anything is sent', async () => {
		const execution = await n8n.run(chain(trigger, chatVideo({})));

		expect(execution.status).toBe('error');
		expect(execution.error?.message).toMatch(
			/^This n8n does not allow connections to 127\.0\.0\.1:\d+ \[item 0\]$/,
		);
		expect(execution.error?.description).toContain('Nothing was started');
		expect(n8n.relay.requests).toEqual([]);
	});

	it('lets one through that the administrator allows', async () => {
		await n8n.useService(byName());

		const execution = await n8n.run(chain(trigger, chatVideo({})));

		expect(execution.status).toBe('success');
		expect(n8n.relay.billed).toBe(1);
	});

	it('does not fetch a video from one, and keeps the links', async () => {
		await n8n.useService(byName());

		const execution = await n8n.run(chain(trigger, chatVideo({ downloadVideo: true })));

		expect(execution.status).toBe('success');
		const [item] = execution.items('Chat Video');
		expect(item?.json.videoUrl).toBe(n8n.relay.turns[0]?.videoUrl);
		expect(JSON.stringify(item?.json.download)).toContain('does not allow');
		expect(item?.binary).toBeUndefined();
		expect(n8n.relay.requests.map(({ method }) => method)).toEqual(['POST']);
	});
});
