const { rm } = require('node:fs/promises');
const { join, resolve } = require('node:path');
const { Transform } = require('node:stream');
const { build: bundle } = require('esbuild');
const { src, dest, series, parallel, watch: watchFiles } = require('gulp');
const { n8n } = require('./package.json');

/** Entries are what n8n loads: the manifest names the outputs, the sources lie at the same paths. */
const entries = [...n8n.nodes, ...n8n.credentials].map((file) =>
	file.replace(/^dist\//, '').replace(/\.js$/, '.ts'),
);

/**
 * n8n records `constructor.name` in errors and executions; what is not minified keeps its names.
 * esbuild's `keepNames` would write the name of every closure when it is made, 20 KB a stream.
 */
const shared = {
	bundle: true,
	platform: 'node',
	target: 'node20',
	format: 'cjs',
	legalComments: 'inline',
	logLevel: 'warning',
};

const clean = () =>
	Promise.all(['dist', 'build'].map((folder) => rm(folder, { recursive: true, force: true })));

const forN8n = {
	...shared,
	external: ['n8n-workflow'],
	// `import()` of CommonJS reads the whole file once more, for the names it exports.
	supported: { 'dynamic-import': false },
};

/** The HTTP client is four fifths of the code. In a file of its own it is read on first use only. */
const client = 'nodes/ChatVideo/transport/node/client';

const clientApart = {
	name: 'client-apart',
	setup: ({ onResolve }) =>
		onResolve({ filter: /\/transport\/node\/client$/ }, ({ importer, path }) =>
			resolve(importer, '..', path) === resolve(client)
				? { path: './transport/node/client.js', external: true }
				: undefined,
		),
};

const node = () =>
	bundle({
		...forN8n,
		entryPoints: [...entries, `${client}.ts`],
		outbase: '.',
		outdir: 'dist',
		plugins: [clientApart],
	});

/** What n8n reads beside the code; `encoding: false` keeps the bytes. */
const assetsTo = (folder) => () =>
	src(['nodes/**/*.{svg,node.json}', 'nodes/**/__schema__/**', 'credentials/**/*.svg'], {
		base: '.',
		encoding: false,
	}).pipe(dest(folder));

const assets = assetsTo('dist');

/** The root of the package for n8n Cloud: its sources, and the bundle that is made of them. */
const cloud = 'build/cloud';

const cleanCloud = () => rm(cloud, { recursive: true, force: true });

/** The one difference in the code: what Node and undici do elsewhere, n8n's own client does here. */
const onN8n = () =>
	new Transform({
		objectMode: true,
		transform(file, _, done) {
			const source = file.contents?.toString();
			const swapped = source?.replace(
				/(['/])node\/(client|decode|environment|timer)'/g,
				"$1n8n/$2'",
			);
			if (swapped !== source) file.contents = Buffer.from(swapped);
			done(null, file);
		},
	});

const cloudSources = () =>
	src(['{nodes,credentials}/**', '!nodes/ChatVideo/transport/node/**'], {
		base: '.',
		encoding: false,
	})
		.pipe(onN8n())
		.pipe(dest(cloud));

const cloudPage = () => src(['cloud/*', 'LICENSE']).pipe(dest(cloud));

const cloudNode = () =>
	bundle({
		...forN8n,
		entryPoints: entries.map((entry) => join(cloud, entry)),
		outbase: cloud,
		outdir: join(cloud, 'dist'),
	});

/** The commands of this repository (npm run start, relay, corpus); none of them ships. */
const commands = () =>
	bundle({
		...shared,
		entryPoints: {
			start: 'scripts/start/run.ts',
			relay: 'test/relay/cli.ts',
			corpus: 'scripts/corpus.ts',
			n8n: 'scripts/n8n/run.ts',
			benchMemory: 'scripts/benchMemory.ts',
			bench: 'bench/run.ts',
			benchWire: 'bench/wire.ts',
			benchWorker: 'bench/worker.ts',
		},
		outdir: 'build',
		packages: 'external',
		sourcemap: 'inline',
	});

exports.cloud = series(
	cleanCloud,
	parallel(cloudSources, cloudPage),
	parallel(cloudNode, assetsTo(join(cloud, 'dist'))),
);
exports.build = series(clean, parallel(node, assets, commands));
exports.watch = series(exports.build, () =>
	watchFiles(['nodes/**', 'credentials/**'], parallel(node, assets)),
);
exports.default = exports.build;
