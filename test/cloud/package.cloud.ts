import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import main from '../../package.json';
import cloud from '../../cloud/package.json';
import { packageRoot } from '../support/engineNodeTypes';

const root = packageRoot();
const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');

describe('the package for n8n Cloud', () => {
	it('is the same version of the same node', () => {
		expect(cloud.version).toBe(main.version);
		expect(cloud.n8n).toEqual({ ...main.n8n, strict: undefined });
		expect(cloud.devDependencies['eventsource-parser']).toBe(
			main.devDependencies['eventsource-parser'],
		);
	});

	it('holds the built node and nothing else', () => {
		const printed = execFileSync('npm', ['pack', '--dry-run', '--json', '--loglevel=error'], {
			cwd: root,
			encoding: 'utf8',
		});
		const [pack] = JSON.parse(printed) as Array<{ files: Array<{ path: string }> }>;
		const others = pack?.files.map(({ path }) => path).filter((path) => !path.startsWith('dist/'));

		expect(others?.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
	});

	it('loads n8n-workflow and crypto, and no other module', () => {
		const bundles = cloud.n8n.nodes.concat(cloud.n8n.credentials).map((file) => read(file));
		const loaded = bundles.flatMap((bundle) => [...bundle.matchAll(/\brequire\("([^"]+)"\)/g)]);

		expect(new Set(loaded.map(([, name]) => name))).toEqual(
			new Set(['n8n-workflow', 'node:crypto']),
		);
	});

	it('has its sources with it, without what only the other build uses', () => {
		expect(readdirSync(join(root, 'nodes/ChatVideo/transport'))).not.toContain('node');
		expect(read('nodes/ChatVideo/n8n/connections.ts')).toContain(
			"import('../transport/n8n/client')",
		);
	});
});
