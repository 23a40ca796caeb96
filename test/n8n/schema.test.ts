import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operations } from '../../nodes/ChatVideo/operations';
import { useNode } from '../support/useNode';

const folder = join(__dirname, '../../dist/nodes/ChatVideo/__schema__/v1.0.0');

const namesOf = (operation: string): string[] => {
	const text = readFileSync(join(folder, `${operation}.json`), 'utf8');
	return Object.keys((JSON.parse(text) as { properties: object }).properties);
};

describe('what an operation gives, for mapping before it is run', () => {
	const node = useNode();

	it('is there for every operation', () => {
		expect(readdirSync(folder).sort()).toEqual(
			Object.keys(operations)
				.map((name) => `${name}.json`)
				.sort(),
		);
	});

	it('is what the item of a video has, in its order', async () => {
		const run = await node.runChain([
			{ operation: 'generate', prompt: 'A cat' },
			{ operation: 'modify', prompt: 'a hat' },
			{ operation: 'get', taskId: '={{ $json.taskId }}' },
		]);

		expect(namesOf('generate')).toEqual(Object.keys(run.json('A')[0] ?? {}));
		expect(namesOf('modify')).toEqual(Object.keys(run.json('B')[0] ?? {}));
		expect(namesOf('get')).toEqual(expect.arrayContaining(Object.keys(run.json('C')[0] ?? {})));
	});

	it('is what a read transcript has', async () => {
		const run = await node.run({ operation: 'parse', transcript: '> 生成失败 ❌ 原因: no GPU' });

		expect(namesOf('parse')).toEqual(
			expect.arrayContaining(Object.keys(run.json('Chat Video')[0] ?? {})),
		);
	});
});
