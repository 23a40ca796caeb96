const { transformSync } = require('esbuild');

/** Tests are compiled by the product's own bundler, so both read TypeScript the same way. */
exports.process = (source, sourcefile) =>
	transformSync(source, {
		sourcefile,
		loader: 'ts',
		target: 'node20',
		format: 'cjs',
		sourcemap: 'inline',
	});
