import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../../scripts/n8n/cacheFolder';
import { openClient, type Client } from '../../scripts/n8n/client';
import { freePort } from '../../scripts/n8n/port';
import { releases } from '../../scripts/n8n/releases';
import type { Workflow } from '../../scripts/n8n/Workflow';
import { startRelay } from '../relay/relay';
import { untilFinished } from './support/execution';
import { root } from './support/root';

interface Running {
	client: Client;
	/** What stands on the terminal. */
	output: string;
	stop(): Promise<void>;
}

interface Kept {
	id: string;
	name: string;
	updatedAt: string;
}

describe('npm run n8n', () => {
	const started = new Set<ChildProcess>();
	let cache: string;
	let ports: string[];
	beforeAll(async () => {
		cache = await mkdtemp(join(tmpdir(), 'chat-video-cache-'));
		await mkdir(cache, { recursive: true });
		const installed = `n8n-${releases[0].n8n}`;
		await symlink(cacheFolder(installed), join(cache, installed));
		ports = [await freePort(), await freePort()].map(String);
	});
	afterAll(async () => {
		await Promise.all([...started].map(end));
		await rm(cache, { recursive: true, force: true });
	}, 60_000);

	const end = async (child: ChildProcess) => {
		if (child.exitCode !== null) return;
		const gone = once(child, 'exit');
		child.kill('SIGINT');
		await gone;
		started.delete(child);
	};
	const start = async (port: string, flags: string[] = [], env = {}): Promise<Running> => {
		const child = spawn(
			process.execPath,
			['build/n8n.js', '--port', port, '--pace', '5', ...flags],
			{
				cwd: root,
				env: { ...process.env, CHAT_VIDEO_CACHE: cache, ...env },
				stdio: ['ignore', 'pipe', 'inherit'],
			},
		);
		started.add(child);
		let output = '';
		for await (const text of child.stdout
			.setEncoding('utf8')
			.iterator({ destroyOnReturn: false })) {
			output += text as string;
			if (output.includes('Ctrl-C')) break;
		}
		const client = await openClient(`http://127.0.0.1:${port}`);
		return { client, output, stop: () => end(child) };
	};
	const kept = async ({ client }: Running, what: 'credentials' | 'workflows') =>
		(await client.get<Kept[]>(`/${what}`)).sort((one, other) => (one.name < other.name ? -1 : 1));
	const run = async ({ client }: Running, name: string) => {
		const found = (await client.get<Kept[]>('/workflows')).find((one) => one.name === name);
		const workflowData = await client.get<Workflow>(`/workflows/${found?.id}`);
		const trigger = workflowData.nodes.find(({ type }) => /trigger/i.test(type));
		const { executionId } = await client.post<{ executionId: string }>(
			`/workflows/${found?.id}/run`,
			{ workflowData, triggerToStartFrom: { name: trigger?.name } },
		);
		return await untilFinished(client, executionId);
	};

	it('runs twice at once, neither touching what the other keeps', async () => {
		const [one = '', other = ''] = ports;
		const first = await start(one);
		const before = await Promise.all([kept(first, 'credentials'), kept(first, 'workflows')]);
		const second = await start(other, ['--fresh']);

		expect(await Promise.all([kept(first, 'credentials'), kept(first, 'workflows')])).toEqual(
			before,
		);
		const execution = await run(first, 'Generate a video, then modify it');
		expect(execution.error).toBeUndefined();
		expect(await second.client.get('/executions')).toMatchObject({ count: 0 });
		await Promise.all([first.stop(), second.stop()]);
	}, 400_000);

	it('keeps a credential for each account, and each workflow the one it has', async () => {
		await using service = await startRelay({ apiKey: 'sk-that-costs', models: 'any' });
		const env = { CHAT_VIDEO_BASE_URL: `${service.url}/v1`, CHAT_VIDEO_API_KEY: service.apiKey };
		const charging = await start(ports[0] ?? '', [], env);

		const names = (await kept(charging, 'credentials')).map(({ name }) => name);
		const { host } = new URL(service.url);
		expect(names).toEqual([expect.stringContaining(`${host} (key `), 'Simulated relay (free)']);
		expect(charging.output).toContain(`${names[0]}: charges for each video`);
		expect(charging.output).not.toContain(service.apiKey);
		const execution = await run(charging, 'Generate a video, then modify it');
		expect(execution.error).toBeUndefined();
		expect(service.billed).toBe(0);
		await charging.stop();
	}, 300_000);

	it('meets the faults that prompts ask for, and logs task ids', async () => {
		const again = await start(ports[0] ?? '');

		const execution = await run(again, 'Errors, and how to go on (simulated)');

		expect(execution.error?.message).toContain('refused the video');
		const log = /^Log\s+(.+)$/m.exec(again.output)?.[1] ?? '';
		expect(await readFile(log, 'utf8')).toMatch(/Chat Video: task task_\w+ was started/);
		await again.stop();
	}, 300_000);
});
