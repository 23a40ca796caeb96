import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import manifest from '../package.json';

const root = join(__dirname, '..');
const nodeFile = join(root, 'dist/nodes/ChatVideo/ChatVideo.node.js');
/** Loaded on first use, so loading the node alone would not show what it does. */
const clientFile = join(root, 'dist/nodes/ChatVideo/transport/node/client.js');

interface Pack {
	size: number;
	files: Array<{ path: string }>;
}

describe('the package', () => {
	it('is small, and holds the built node and nothing else', () => {
		const printed = execFileSync('npm', ['pack', '--dry-run', '--json', '--loglevel=error'], {
			cwd: root,
			encoding: 'utf8',
		});
		const [pack] = JSON.parse(printed) as Pack[];

		expect(pack?.size).toBeLessThan(280_000);
		const others = pack?.files.map(({ path }) => path).filter((path) => !path.startsWith('dist/'));
		expect(others?.sort()).toEqual(['LICENSE', 'README.md', 'README.zh-CN.md', 'package.json']);
	});

	it('needs nothing but n8n', () => {
		expect(manifest).not.toHaveProperty('dependencies');
		expect(Object.keys(manifest.peerDependencies)).toEqual(['n8n-workflow']);
	});

	it('keeps the name of the class, which n8n records', () => {
		const { ChatVideo } = jest.requireActual<{ ChatVideo: new () => INodeType }>(nodeFile);

		expect(new ChatVideo().constructor.name).toBe('ChatVideo');
	});

	it('keeps the names of its errors', () => {
		const own = readFileSync(nodeFile, 'utf8');

		expect(own).toContain('ChatError = class extends Error');
		expect(own).not.toMatch(/\bclass _/);
	});

	it('leaves the dispatcher of the host process alone', () => {
		const script = `
			const before = globalThis[Symbol.for('undici.globalDispatcher.1')];
			for (const file of ${JSON.stringify([nodeFile, clientFile])}) require(file);
			const after = globalThis[Symbol.for('undici.globalDispatcher.1')];
			if (before !== undefined || after !== undefined) throw new Error('touched');`;

		expect(() => execFileSync(process.execPath, ['-e', script], { cwd: root })).not.toThrow();
	});

	it('shows every operation under its fixed name', () => {
		const { ChatVideo } = jest.requireActual<{ ChatVideo: new () => INodeType }>(nodeFile);
		const { description } = new ChatVideo();

		expect(description).toMatchObject({
			name: 'chatVideo',
			displayName: 'Chat Video',
			usableAsTool: true,
		});
		const [operation] = description.properties;
		expect(operation?.options?.map((option) => 'value' in option && option.value)).toEqual([
			'generate',
			'modify',
			'get',
			'getMany',
			'parse',
		]);
	});

	it('marks what must be filled in', () => {
		const { ChatVideo } = jest.requireActual<{ ChatVideo: new () => INodeType }>(nodeFile);
		const { properties } = new ChatVideo().description;

		const required = properties.filter((field) => field.required).map(({ name }) => name);
		expect(new Set(required)).toEqual(new Set(['prompt', 'taskId', 'transcript', 'binaryField']));
	});

	it('prefills no host', () => {
		const { ChatVideoApi } = jest.requireActual<{ ChatVideoApi: new () => ICredentialType }>(
			join(root, 'dist/credentials/ChatVideoApi.credentials.js'),
		);
		const [baseUrl] = new ChatVideoApi().properties;

		expect(baseUrl).toMatchObject({
			name: 'baseUrl',
			required: true,
			default: '',
			placeholder: 'https://api.jxincm.cn',
		});
	});

	it('is found by what people look for', () => {
		const codex = JSON.parse(
			readFileSync(join(root, 'dist/nodes/ChatVideo/ChatVideo.node.json'), 'utf8'),
		) as { alias: string[]; subcategories: { AI: string[] } };

		expect(codex.subcategories.AI).toContain('Root Nodes'); // else the panel's search leaves it out
		const words =
			'video,chat video,text to video,image to video,sora,veo,kling,grok,seedance,hailuo,wan,runway,luma,pika,reel,shorts,视频,文生视频';
		expect(codex.alias).toEqual(expect.arrayContaining(words.split(',')));
	});
});
