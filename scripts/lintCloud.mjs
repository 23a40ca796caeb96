import { fileURLToPath } from 'node:url';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import {
	buildScanConfig,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';

// What n8n's scanner does with a package for n8n Cloud, without a registry and a repository: with
// the rules it pins, and with the newest.

const cwd = fileURLToPath(new URL('../build/cloud', import.meta.url));
const legs = { source: SOURCE_FILE_PATTERNS, package: ['dist/**/*.js', 'package.json'] };
const plugin = '@n8n/community-nodes';

const pinned = await buildScanConfig();
const newest = pinned.map((config) =>
	config.plugins?.[plugin] ? n8nCommunityNodesPlugin.configs.recommended : config,
);

for (const overrideConfig of [pinned, newest]) {
	const { version } = overrideConfig.find(({ plugins }) => plugins?.[plugin]).plugins[plugin].meta;
	const eslint = new ESLint({
		cwd,
		overrideConfig,
		overrideConfigFile: true,
		allowInlineConfig: false,
	});
	const formatter = await eslint.loadFormatter('stylish');
	for (const [leg, patterns] of Object.entries(legs)) {
		const results = await eslint.lintFiles(patterns);
		const errors = results.reduce((sum, { errorCount }) => sum + errorCount, 0);
		const line = `rules ${version}, ${leg}: ${errors} errors in ${results.length} files\n`;
		process.stdout.write(line + (await formatter.format(results)));
		if (errors > 0) process.exitCode = 1;
	}
}
