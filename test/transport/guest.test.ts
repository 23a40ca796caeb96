import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const transport = join(__dirname, '..', '..', 'nodes', 'ChatVideo', 'transport');

/** What a process says that has loaded the transport and then looks at what its `fetch` uses. */
function look(code: string): unknown {
	const { outputFiles } = buildSync({
		stdin: { contents: code, resolveDir: transport, loader: 'ts' },
		bundle: true,
		platform: 'node',
		write: false,
	});
	const [bundle] = outputFiles;
	const said = execFileSync(process.execPath, ['-'], { input: bundle?.text ?? '' });
	return JSON.parse(said.toString());
}

const report = `
	const symbol = Symbol.for('undici.globalDispatcher.1');
	process.stdout.write(JSON.stringify({
		dispatcher: globalThis[symbol]?.constructor.name ?? null,
		listeners: process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection'),
	}));
`;

it('loading the transport and creating a client leaves the process as it was', () => {
	const untouched = look(report);
	const loaded = look(`
		import { createClient } from './node/client';
		import './post';
		void createClient({ ignoreSslIssues: true });
		${report}
	`);
	expect(loaded).toEqual(untouched);
	expect(untouched).toMatchObject({ dispatcher: null });
});

it('what undici itself does to the process would be seen', () => {
	expect(look(`import 'undici';\n${report}`)).toMatchObject({ dispatcher: 'Agent' });
});
